from casework.search.parts import parts
from casework.search.ways import TOGETHER, ways


def cut(name):
    every, found = ways(parts(name))
    return [([every[i].letters for i in way.places], way.share) for way in found]


def test_two_neighbours_may_have_been_written_together():
    assert cut("Lim Wei Jie") == [
        (["lim", "wei", "jie"], 1.0),
        (["limwei", "jie"], TOGETHER),
        (["lim", "weijie"], TOGETHER),
    ]


def test_one_name_stands_in_one_way():
    assert cut("Sukarti") == [(["sukarti"], 1.0)]


def test_an_initial_is_never_joined():
    assert cut("M Haddad") == [(["m", "haddad"], 1.0)]


def test_a_very_long_name_is_cut_in_one_way():
    assert len(cut("Ana Bea Carla Dora Elena Flora")) == 1
