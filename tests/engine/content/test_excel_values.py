"""A number of a table is read as it stands in its cell, and copied as far as seen."""

import pytest

from engine.content.excel_values import Shown, format_of, literals, shown


@pytest.mark.parametrize(
    ("raw", "code", "text", "number"),
    [
        ("13900001234", "General", "13900001234", "13900001234"),
        ("0.30000000000000004", "General", "0.3", "0.3"),
        ("3.70102199003071E17", "0", "370102199003071000", "370102199003071000"),
        ("1234567.891", "#,##0.00", "1,234,567.89", "1234567.89"),
        ("-1234.5", "#,##0;(#,##0)", "(1,235)", "-1235"),
        ("0.125", "0%", "13%", "0.13"),
        ("13900001234", "000-0000-0000", "139-0000-1234", "13900001234"),
        ("12", "000000", "000012", "12"),
        ("0.5", "#.##", ".5", "0.5"),
        ("5", "#.##", "5", "5"),
        ("1000", "[$¥-804]#,##0", "¥1,000", "1000"),
        ("12.3", '0.00"万元"', "12.30万元", "12.3"),
        ("12345678", '0.0,,"百万"', "12.3百万", None),
        ("5", "@", "5", "5"),
        ("1234", "0.00E+00", "1234", "1234"),
        ("0", '0;-0;"无"', "无", None),
        ("75", '[>=60]"合格";"不合格"', "合格", None),
        ("59", '[>=60]"合格";"不合格"', "不合格", None),
        ("88", ";;;", "", None),
        ("88", '"已登记"', "已登记", None),
        ("45000", "yyyy/m/d", "2023/3/15", "45000"),
        ("45000.5", 'yyyy"年"m"月"d"日" hh:mm:ss', "2023年3月15日 12:00:00", "45000.5"),
        ("45000.5", "yyyy-mm-dd", "2023-03-15", None),
        ("32939", 'yyyy"年"m"月"', "1990年3月", None),
        ("45000", "dddd", "星期三", None),
        ("59", "yyyy-m-d", "1900-2-28", "59"),
        ("61", "yyyy-m-d", "1900-3-1", "61"),
        ("0.75", "h:mm AM/PM", "6:00 PM", "0.75"),
        ("1.5", "[h]:mm", "36:00", "1.5"),
        ("-3", "yyyy-m-d", "-3", "-3"),
        ("1e400", "0", "1e400", None),
        ("no number", "0", "no number", None),
    ],
)
def test_a_number_is_shown(raw: str, code: str, text: str, number: str | None) -> None:
    assert shown(raw, code) == Shown(text, number)


def test_a_date_of_a_macintosh_is_four_years_later() -> None:
    assert shown("31478", "yyyy-m-d", since_1904=True).text == "1990-3-8"


def test_a_format_of_ones_own_goes_first() -> None:
    assert format_of(164, {164: "0.0"}) == "0.0"
    assert format_of(14, {}) == "yyyy/m/d"
    assert format_of(31, {}) == 'yyyy"年"m"月"d"日"'
    assert format_of(9, {}) == "0%"
    assert format_of(163, {}) == "General"


def test_the_words_of_a_format_are_known() -> None:
    assert literals('0.00"经办人王晓燕"') == "经办人王晓燕"
    assert literals("#,##0.00") == ""
