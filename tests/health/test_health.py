"""What watches this server learns that it lives and whether it is ready, and nothing else."""

from datetime import UTC, datetime, timedelta

from casework import queue

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_alive(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"alive": True})


def test_ready(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"database": "ok", "memory": "ok", "store": "ok", "jobs": "ok"},
    )


def test_late_work_is_told_and_keeps_nobody_out(app, client, database, freeze):
    freeze(NOON)
    queue.enqueue("a.job")
    database.session.commit()
    freeze(NOON + timedelta(hours=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["jobs"]) == (200, "late")


def test_without_valkey_not_ready_and_yet_alive(app_with):
    client = app_with(redis_url="unix:///nonexistent/socket").test_client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["memory"]) == (503, "away")
    assert client.get("/healthz").status_code == 200


def test_without_the_store_not_ready_and_yet_alive(app_with):
    client = app_with(store_url="s3://nothing?endpoint=http://127.0.0.1:9&region=x").test_client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["store"]) == (503, "away")
    assert client.get("/healthz").status_code == 200


def test_without_the_database_not_ready_and_yet_alive(app_with):
    client = app_with(database_url="sqlite:////nonexistent/folder/file").test_client()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        503,
        {"database": "away", "memory": "ok", "store": "ok", "jobs": "away"},
    )
    assert client.get("/healthz").status_code == 200
