"""How well names are found: recall and precision over the written pairs, among thousands of other names."""

import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from casework.search.name_index import NameIndex
from casework.search.ranking import ranked

HERE = Path(__file__).parent

_GIVEN = (
    "Mohammed Ahmed Fatima Amina Ali Hassan Hussein Khadija Aisha Omar Yusuf Ibrahim Zainab Mariam Abdullah "
    "Salim Samira Nadia Karim Rashid Hamid Leila Musa Bilal Tariq Rania Huda Jamal Reza Farid Shirin Parisa "
    "Imran Asif Nasreen Shabana Rajesh Sunita Priya Anil Ramesh Sita Gita Bishnu Krishna Prakash Suresh "
    "Rahima Shahida Jahangir Kamal Tesfaye Selam Hiwot Bekele Abebe Almaz Genet Dawit Yonas Meron Abdi Hodan "
    "Ayan Warsame Mamadou Fatou Aminata Ousmane Ibrahima Kadiatou Moussa Awa Sekou Mariama Sergei Olga Ivan "
    "Natalia Dilnoza Rustam Gulnara Alisher Mehmet Emine Hatice Wei Ming Fang Li Minh Linh Huong Duc Maria "
    "Jose Juan Carlos Rosa Ana Luz Jonalyn Marites Rodel Grace Siti Sri Budi Agus Dewi Nur Wayan Min-jun "
    "Emmanuel Blessing Chidi Ngozi Kwame Akua Grace Joseph Esther"
)
_FAMILY = (
    "Hassan Ali Khan Hussain Ahmed Rahman Haddad Khalil Saleh Mansour Nasser Karimi Rezaei Ahmadi Noori "
    "Chaudhry Malik Qureshi Sheikh Begum Bibi Singh Kaur Sharma Kumar Patel Gurung Thapa Tamang Rai Shrestha "
    "Adhikari Hossain Islam Akter Khatun Miah Das Tadesse Kebede Haile Girma Bekele Gebreyesus Abdullahi "
    "Warsame Farah Nur Diallo Bah Barry Camara Keita Traore Sow Ndiaye Diop Ivanov Petrova Kovalenko Karimov "
    "Rahimova Yilmaz Kaya Demir Wang Chen Zhang Liu Nguyen Tran Pham Le Santos Reyes Cruz Garcia Lopez "
    "Martinez Gonzalez Hernandez Flores Wijaya Susanto Lestari Kim Park Lee Okafor Mensah Owusu Adeyemi "
    "Banda Phiri Mwangi Otieno"
)


@dataclass(frozen=True)
class Pair:
    """A name searched, a name on a card, and whether it is the same one."""

    language: str
    searched: str
    card: str
    same: bool


@dataclass(frozen=True)
class Verdict:
    """What came out.

    Attributes:
        recall: the share of true pairs whose card is among the first five.
        precision: of the pairs that match when nothing else is there, the share that is true.
        missed, wrong: the pairs behind that.
        of: how many true pairs and how many names there were.
    """

    recall: float
    precision: float
    missed: tuple[Pair, ...]
    wrong: tuple[Pair, ...]
    of: tuple[int, int]


def pairs(path: Path = HERE / "pairs.tsv") -> list[Pair]:
    """The written pairs."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line and line[0] != "#")
    return [Pair(row[0], row[1], row[2], row[3] == "1") for row in rows]


def others(count: int, seed: int = 1) -> list[str]:
    """Names of other people: a given and a family name drawn from thirty countries."""
    draw = random.Random(seed)
    return [f"{draw.choice(_GIVEN.split())} {draw.choice(_FAMILY.split())}" for _ in range(count)]


def judge(written: list[Pair], count: int = 2_000) -> Verdict:
    """Search every true pair among the names of all pairs and of others.

    Cards that carry the searched name in yet another spelling are left out of that one search: which of
    them comes first means nothing.
    """
    true = [pair for pair in written if pair.same]
    kin = _kin(true)
    cards = sorted({pair.card for pair in written} | set(others(count)))
    index = NameIndex.of([(card,) for card in cards])
    missed = [pair for pair in true if pair.card not in _first_five(pair, cards, index, kin)]
    shown = [pair for pair in written if ranked(pair.searched, NameIndex.of([(pair.card,)]), 1)]
    wrong = [pair for pair in shown if not pair.same]
    return Verdict(
        recall=1 - len(missed) / len(true),
        precision=1 - len(wrong) / len(shown),
        missed=tuple(missed),
        wrong=tuple(wrong),
        of=(len(true), len(cards)),
    )


def _first_five(pair: Pair, cards: list[str], index: NameIndex, kin: dict[str, set[str]]) -> list[str]:
    found = [cards[match.place] for match in ranked(pair.searched, index, 25)]
    same = kin[pair.searched] - {pair.card}
    return [card for card in found if card not in same][:5]


def _kin(true: list[Pair]) -> dict[str, set[str]]:
    """For every name the names that pairs join it to, over any number of steps."""
    group: defaultdict[str, set[str]] = defaultdict(set)
    for pair in true:
        joined = {pair.searched, pair.card} | group[pair.searched] | group[pair.card]
        for name in joined:
            group[name] = joined
    return dict(group)
