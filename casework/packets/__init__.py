"""Packets: somebody is referred from one desk to another, here or in another installation, under their own word."""
