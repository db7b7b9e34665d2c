"""The Valkey that comes along: reached by us alone, in memory alone."""

import os
import time

import pytest
import redis

from casework.supervise import valkey


@pytest.fixture
def embedded(tmp_path):
    socket = valkey.socket_path(tmp_path / ("deep" * 20))
    child = valkey.embedded(socket, os.environ)
    child.start()
    with redis.Redis(unix_socket_path=str(socket)) as connection:
        while not _answers(connection):
            assert child.running()
            time.sleep(0.01)
        yield socket, child, connection
    child.kill()
    socket.unlink(missing_ok=True)
    socket.parent.rmdir()


def _answers(connection):
    try:
        return connection.ping()
    except redis.RedisError:
        return False


def test_it_listens_on_a_private_socket_and_nowhere_else(embedded):
    socket, _, connection = embedded
    assert socket.parent.stat().st_mode & 0o777 == 0o700
    assert socket.stat().st_mode & 0o777 == 0o700
    assert connection.config_get("port") == {"port": "0"}


def test_it_writes_nothing_to_the_disk(embedded):
    socket, child, connection = embedded
    assert connection.config_get("save") == {"save": ""}
    assert connection.config_get("appendonly") == {"appendonly": "no"}
    assert connection.config_get("crash-log-enabled") == {"crash-log-enabled": "no"}
    connection.set("a", "b")
    child.stop(20)
    assert list(socket.parent.iterdir()) == []


def test_it_starts_where_a_killed_one_left_its_socket(embedded):
    socket, child, connection = embedded
    child.kill()
    assert socket.exists()
    again = valkey.embedded(socket, os.environ)
    again.start()
    while not _answers(connection):
        assert again.running()
        time.sleep(0.01)
    again.kill()


def test_a_path_too_long_for_a_socket_is_not_used(tmp_path):
    shallow, deep = valkey.socket_path(tmp_path), valkey.socket_path(tmp_path / ("deep" * 30))
    assert len(os.fsencode(deep)) <= 107
    assert shallow != deep
    assert valkey.socket_path(tmp_path / ("deep" * 30)) == deep
