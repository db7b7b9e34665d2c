"""Teams of the network: a few who share a key, and the one sealed body that they write together."""
