"""The questions, put to somebody at a terminal."""

import os
import pty
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from coopctl.cli.prompts import typed_date
from tests.conftest import Coopctl, Ended

Step = tuple[str, Callable[[int, int], object]]
"""What has to be on the screen, and what is done then with the terminal and the process."""


def typed(text: str) -> Callable[[int, int], object]:
    return lambda terminal, _: os.write(terminal, text.encode())


def converse(folder: Path, arguments: list[str], steps: list[Step]) -> tuple[int, str]:
    """Run `coopctl init` at a terminal; return its exit code and what was on the screen."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        environment = {**os.environ, "LANG": "en_US.UTF-8", "NO_COLOR": "1"}
        os.execve(sys.executable, [sys.executable, "-m", "coopctl", "init", *arguments], environment)
    screen = b""
    for expected, act in steps:
        seen = len(screen)
        while expected.encode() not in screen[seen:]:
            screen += os.read(terminal, 65536)
        act(terminal, child)
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:  # the other side has hung up
            break
        if not read:
            break
        screen += read
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), screen.decode().replace("\r\n", "\n")


def test_answers_are_asked_again_until_they_can_be_used(tmp_path: Path) -> None:
    code, screen = converse(
        tmp_path,
        ["deal", "--end", "2027-12-31", "--as-of", "2026-06-20"],
        [
            ("Language / 语言 (en, zh-Hans, zh-Hant) [en]: ", typed("zh\n")),
            ("合作类型 [1]: ", typed("7\n")),
            ("不能这样填：请写1到6的数字，或列表中的名称。\n合作类型 [1]: ".replace("\n", "\r\n"), typed("服务合作\n")),
            ("第一方名称 [示例客户有限公司]: ", typed("北风示例科技有限公司\n")),
            ("第二方名称 [示例服务有限公司]: ", typed("北风示例科技有限公司\n")),
            ("有两方名称相同。", typed("\n")),
            ("其他参与方名称（没有就直接按回车）: ", typed("\n")),
            ("协议名称 [北风示例科技有限公司与示例服务有限公司服务合作协议]: ", typed("运维协议\n")),
            ("合作目的 [", typed("\n")),
            ("合作起始日 [", typed("2027年13月1日\n")),
            ("这不是日期；请写成年-月-日，例如 2026-06-30。\r\n合作起始日 [", typed("2027年1月1日\n")),
            ("先设哪些指标（填序号，用逗号分隔） [1,2,3]: ", typed("1，1\n")),
            ("可用率 选了两次", typed("2，1\n")),
            ("首次响应时间的目标值（小时） [4]: ", typed("3\n")),
            ("服务可用率的目标值（%） [99.5]: ", typed("101\n")),
            ("请另选目标", typed("\n")),
        ],
    )
    assert code == 0, screen
    assert "]: 2027年1月1日\n  2027-01-01\n" in screen
    assert re.search("已生成：\n  deal/agreement.yaml\n(.*\n)+首次检查：\n\ndeal/agreement.yaml 运维协议", screen)
    found = YAML(typ="safe").load((tmp_path / "deal" / "agreement.yaml").read_text("utf-8"))
    assert list(found["parties"]) == ["北风示例科技", "服务方"]
    assert {id_: kpi["target"] for id_, kpi in found["kpis"].items()} == {"响应时间": 3, "可用率": 99.5}


@pytest.mark.parametrize(
    ("kind", "kpi", "said"),
    [
        ("alliance", "3", "联合项目收入的目标值（CNY） [1000000]: "),
        ("supply-chain", "3", "  库存天数的目标是区间：10至20（天），可在文件中修改\r\n"),
    ],
)
def test_a_target_is_asked_for_in_its_unit_and_a_range_is_told(kind: str, kpi: str, said: str, tmp_path: Path) -> None:
    texts = ("--title", "A", "--purpose", "A", "--party", "A1", "--party", "B1", "--start", "2027-01-01")
    asked = "先设哪些指标（填序号，用逗号分隔） [1,2,3]: "
    steps: list[Step] = [
        ("合作截止日 [2027-12-31]: ", typed("2027/12/1\n")),
        (asked, typed(f"{kpi}\n")),
        (said, typed("\n")),  # after a range nobody reads it
    ]
    code, screen = converse(tmp_path, ["deal", "--lang", "zh-Hans", "--from", kind, *texts], steps)
    assert code == 0, screen
    assert "  2027-12-01\n  1 " in screen
    assert "\n  end: 2027-12-01\n" in (tmp_path / "deal" / "agreement.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("typed_as", "read_as"),
    [
        ("2026/07/01", "2026-07-01"),
        ("2026/7/1", "2026-07-01"),
        ("2026-7-1", "2026-07-01"),
        ("2026.7.1", "2026-07-01"),
        ("2026年7月1日", "2026-07-01"),
        ("2026 年 7 月 1 日", "2026-07-01"),
        ("２０２６／７／１", "2026-07-01"),
        ("2026年13月1日", "2026-13-01"),
        ("2026-07-01", "2026-07-01"),
        ("1/7/2026", "1/7/2026"),
        ("2026/7-1", "2026/7-1"),
        ("2026年7月", "2026年7月"),
        ("26/7/1", "26/7/1"),
    ],
)
def test_dates_are_read_as_people_type_them(typed_as: str, read_as: str) -> None:
    assert typed_date(typed_as) == read_as


@pytest.mark.parametrize(
    ("act", "code", "said"),
    [
        (lambda _, process: os.kill(process, signal.SIGINT), 130, ""),
        (typed("\x03"), 130, ""),
        (typed("\x04"), 2, "error: the input ended before all questions were answered\n"),
    ],
    ids=["interrupted", "Ctrl-C", "Ctrl-D"],
)
def test_breaking_off_writes_nothing(act: Callable[[int, int], object], code: int, said: str, tmp_path: Path) -> None:
    ended, screen = converse(
        tmp_path,
        ["deal", "--lang", "en", "--from", "service"],
        [("Name of the first party [Example Client Ltd.]: ", act)],
    )
    assert ended == code
    assert said in screen
    assert "Traceback" not in screen
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_the_way_out_is_said(process: Callable[..., Ended], tmp_path: Path) -> None:
    ended = process(["init", "deal"], stdin=b"\n\n\n")
    said = "error: nobody can be asked: standard input is no terminal; give --yes to take the defaults\n"
    assert ended == Ended(2, "", said)
    assert list(tmp_path.iterdir()) == []


def test_an_agreement_in_the_way_is_said_before_anything_is_asked(coopctl: Coopctl, tmp_path: Path) -> None:
    (tmp_path / "agreement.yaml").write_text("", "utf-8")
    assert "agreement.yaml is already there" in coopctl("init").err
