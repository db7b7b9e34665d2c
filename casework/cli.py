"""Commands of the operator and of the desks' technical volunteers. None of them opens a case.

flask --app wsgi casework --help
"""

from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from casework import clock, demo
from casework.access import desks, invitations
from casework.audit import service as audit
from casework.cases import erasing, kinds
from casework.db import at_one_moment, db
from casework.deadlines import rules, starts, table
from casework.errors import Invalid, NotFound, Refused
from casework.settings import ROOT
from casework.vault import keeping

casework = AppGroup("casework", help="Set up and look after an installation. No command opens a case.")
audit_group = AppGroup("audit", help="The record of what happened.")
kinds_group = AppGroup("kinds", help="Kinds of case and lists of codes.")
demo_group = AppGroup("demo", help="Synthetic desks to try everything on.")
erased_group = AppGroup("erased", help="Cases that were erased, held against backups.")
rules_group = AppGroup("rules", help="Rules of time: legal deadlines and what starts them.")
trends_group = AppGroup("trends", help="Plans of published tables.")
for group in (erased_group, audit_group, kinds_group, demo_group, rules_group, trends_group):
    casework.add_command(group)


@casework.command("set-up")
@click.option("--address", default="http://127.0.0.1:8000", help="Where browsers reach this installation.")
def set_up(address: str) -> None:
    """Print the one-time link for the first coordinator.

    It founds the network and the first desk. Whoever opens it first, once, is that coordinator: hand it
    over in person. It ends after 24 hours; running this again ends the earlier one.
    """
    if (host := urlsplit(address).hostname) not in current_app.config["CASEWORK"].names:
        raise click.ClickException(
            f"{host} is none of the names in CASEWORK_HOSTS: no link to it would open."
        )
    try:
        token = invitations.for_set_up()
    except Invalid as error:
        raise click.ClickException(error.message) from None
    db.session.commit()
    with current_app.test_request_context(base_url=address):
        path = url_for("welcome.page", token=token)
    click.echo(f"{address.rstrip('/')}{path}")


@audit_group.command("verify")
def audit_verify() -> None:
    """Walk the record of every desk; exit with 1 where something was taken out, put in or changed."""
    at_one_moment()
    found = [(code, *_verdict(desk_id)) for desk_id, code in desks.every()]
    for code, _, sentence in found:
        click.echo(f"desk {code}: {sentence}")
    if not all(whole for _, whole, _ in found):
        raise SystemExit(1)


def _verdict(desk_id: UUID) -> tuple[bool, str]:
    """Whether the record of a desk is whole, and what to say; a chain that does not verify ends it."""
    try:
        found = audit.verify(keeping.load(desk_id))
    except Refused:
        return False, "BROKEN: the desk's signed chain does not verify"
    return found.whole, found.sentence


@kinds_group.command("check")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
def kinds_check(directory: Path | None) -> None:
    """Say what is wrong with the files of kinds and codes, and what to do."""
    problems = kinds.check(directory) if directory else kinds.check_all()
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise SystemExit(1)
    click.echo(f"{directory or ROOT / 'config'}: all well")


@erased_group.command("list")
def erased_list() -> None:
    """Print the ids of all erased cases, one a line: the list to keep apart from backups."""
    for case_id in erasing.erased_ids():
        click.echo(str(case_id))


@erased_group.command("again")
@click.argument("listed", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def erased_again(listed: Path) -> None:
    """Erase once more what a restored backup brought back, by a list of ids; before anything is served."""
    try:
        ids = [UUID(line) for line in listed.read_text("ascii").split()]
    except ValueError:
        raise click.ClickException("A line of this list is no id; nothing was erased.") from None
    count = erasing.again(ids)
    db.session.commit()
    click.echo(f"{count} of {len(ids)} listed cases were here and are erased again.")


@rules_group.command("check")
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
def rules_check(directory: Path | None) -> None:
    """Say what is wrong with the files of rules, and what to do; and which rules are due to be looked at again."""
    found = [str(problem) for problem in (rules.check(directory) if directory else rules.check())]
    found += [] if directory else starts.check()
    for problem in found:
        click.echo(problem)
    if found:
        raise SystemExit(1)
    book = rules.read(directory) if directory else rules.load()
    late = [rule for rule in book if rule.recheck_after < clock.today()]
    for rule in late:
        click.echo(f"{rule.key}: to be looked at again since {rule.recheck_after}")
    click.echo(
        f"{directory or ROOT / 'config' / 'rules'}: {len(book)} rules, all well; {len(late)} past their day"
    )


@rules_group.command("table")
def rules_table() -> None:
    """Write docs/rules.md: every rule with its source, status and mark."""
    table.write()
    click.echo(f"{table.PAGE}: {len(rules.load())} rules")


@trends_group.command("intervals")
def trends_intervals() -> None:
    """Write into each plan how near its numbers are to the truth, as its budget buys it."""
    from casework.trends import intervals  # noqa: PLC0415 - OpenDP takes a second to load; no other command needs it

    for path in intervals.write():
        click.echo(f"{path.name}: written")
    click.echo("config/trends: as computed")


@demo_group.command("seed")
@click.option("--cases", default=demo.CASES, show_default=True, help="How many invented cases.")
def demo_seed(cases: int) -> None:
    """Make the desks, people and cases of the demo, where there is no network yet."""
    settings, door = current_app.config["CASEWORK"], current_app.extensions["casework.doorway"]
    try:
        made = demo.seed(settings, door, click.echo, cases)
    except Invalid as error:
        raise click.ClickException(error.message) from None
    db.session.commit()
    if not made:
        click.echo("There is a network already; nothing was made.")


@demo_group.command("people")
def demo_people() -> None:
    """Say who can sign in to the demo, and with which passphrase."""
    for line in demo.sign_ins():
        click.echo(str(line))


@demo_group.command("codes")
def demo_codes() -> None:
    """Print the authenticator code of this half minute for everybody in the demo; each counts once."""
    try:
        for line in demo.codes(current_app.config["CASEWORK"].instance):
            click.echo(str(line))
    except NotFound:
        raise click.ClickException("There is no demo here. It is made by `make run`.") from None
