"""An Excel file with words planted in every place that an Excel file has.

What a reader sees begins with 显, what no reader sees with 暗; the rest is the place.
"""

import re

from tests.engine.content.packages import Tie, png
from tests.engine.content.packages import package as package_of

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OPEN = "http://schemas.openxmlformats.org"
_SPACES = (
    f' xmlns="{_OPEN}/spreadsheetml/2006/main"'
    f' xmlns:r="{_OPEN}/officeDocument/2006/relationships"'
    f' xmlns:a="{_OPEN}/drawingml/2006/main"'
    f' xmlns:c="{_OPEN}/drawingml/2006/chart"'
    f' xmlns:xdr="{_OPEN}/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
)

_BOOK = """
<sheets><sheet name="显表名" sheetId="1" r:id="rId1"/>
<sheet name="暗隐藏表名" sheetId="2" state="hidden" r:id="rId2"/>
<sheet name="暗深藏表名" sheetId="3" state="veryHidden" r:id="rId3"/></sheets>
<definedNames><definedName name="暗名称">"暗名称的值"</definedName>
<definedName name="_xlnm.Print_Area" localSheetId="0">显表名!$A$1:$D$9</definedName>
</definedNames><pivotCaches><pivotCache cacheId="1" r:id="rId9"/></pivotCaches>
"""
_SHEET = """
<sheetPr codeName="暗代码名"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>
<cols><col min="5" max="5" width="9" hidden="1"/><col min="6" max="6" width="0"/></cols>
<sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>
<c r="C1" t="inlineStr"><is><t>显内联</t></is></c>
<c r="E1" t="inlineStr"><is><t>暗隐藏列</t></is></c>
<c r="F1" t="inlineStr"><is><t>暗零宽列</t></is></c></row>
<row r="2"><c r="A2" t="str"><f>CONCATENATE("暗公式","")</f><v>显公式值</v></c>
<c r="B2" s="1"><v>3301</v></c><c r="C2" s="2"><v>32939</v></c>
<c r="D2" s="3"><v>88</v></c></row>
<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>暗隐藏行</t></is></c></row>
<row r="4" ht="0"><c r="A4" t="inlineStr"><is><t>暗零高行</t></is></c></row>
<row r="5"><c r="A5" t="inlineStr"><is><t>显合并</t></is></c>
<c r="B5" t="inlineStr"><is><t>暗合并之下</t></is></c></row>
<row r="6"><c r="E6" t="inlineStr"><is><t>显露出合并</t></is></c></row>
</sheetData>
<mergeCells><mergeCell ref="A5:C5"/><mergeCell ref="E6:H6"/></mergeCells>
<conditionalFormatting sqref="A1"><cfRule type="expression">
<formula>A1="暗条件"</formula></cfRule></conditionalFormatting>
<dataValidations><dataValidation type="list" prompt="暗校验提示" sqref="A1">
<formula1>"暗校验选项"</formula1></dataValidation></dataValidations>
<hyperlinks><hyperlink ref="A1" r:id="rId4" tooltip="暗链接提示"/></hyperlinks>
<pageSetup orientation="landscape" r:id="rId5"/>
<headerFooter><oddHeader>&amp;C显打印页眉</oddHeader></headerFooter>
<drawing r:id="rId1"/><legacyDrawing r:id="rId6"/><tableParts><tablePart r:id="rId7"/>
</tableParts><extLst><ext><x14:a>暗扩展</x14:a></ext></extLst>
"""
_TEXTS = """
<si><t>显共享</t></si>
<si><r><t>显</t></r><r><rPr><b/></rPr><t>富</t></r><r><t>文本</t></r>
<rPh><t>暗注音</t></rPh></si>
<si><t>暗没有用到的文字</t></si>
"""
_STYLES = """
<numFmts><numFmt numFmtId="200" formatCode="0&quot;显格式字&quot;"/>
<numFmt numFmtId="201" formatCode="yyyy&quot;年&quot;"/>
<numFmt numFmtId="202" formatCode=";;;"/>
<numFmt numFmtId="203" formatCode="0&quot;暗没有用到的格式&quot;"/></numFmts>
<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>
<cellStyleXfs><xf/></cellStyleXfs>
<cellXfs><xf/><xf numFmtId="200"/><xf numFmtId="201"/><xf numFmtId="202"/></cellXfs>
<cellStyles><cellStyle name="暗样式名" xfId="0"/></cellStyles>
"""
_DRAWING = """
<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col></xdr:from><xdr:sp textlink="暗链到">
<xdr:nvSpPr><xdr:cNvPr id="2" name="暗形状名" descr="暗形状说明"/><xdr:cNvSpPr/>
</xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:p><a:r><a:t>显文本框</a:t></a:r></a:p></xdr:txBody></xdr:sp>
</xdr:twoCellAnchor>
<xdr:twoCellAnchor><xdr:pic><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill>
</xdr:pic></xdr:twoCellAnchor>
<xdr:twoCellAnchor><xdr:graphicFrame><a:graphic><a:graphicData uri="chart">
<c:chart r:id="rId2"/></a:graphicData></a:graphic></xdr:graphicFrame>
</xdr:twoCellAnchor>
"""
_CHART = """
<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>显图表标题</a:t></a:r></a:p></c:rich>
</c:tx></c:title><c:plotArea><c:barChart><c:barDir val="col"/>
<c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numRef><c:f>暗引用!$A$1</c:f>
<c:numCache><c:formatCode>0"暗图表格式"</c:formatCode><c:ptCount val="1"/><c:pt idx="0">
<c:v>42</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser><c:axId val="1"/>
<c:axId val="2"/></c:barChart>
<c:catAx><c:axId val="1"/><c:crossAx val="2"/></c:catAx>
<c:valAx><c:axId val="2"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart>
<c:printSettings><c:headerFooter><c:oddHeader>暗图表页眉</c:oddHeader></c:headerFooter>
</c:printSettings>
"""


def _part(name: str, inside: str) -> str:
    return f"<{name}{_SPACES}>{inside}</{name}>".replace(">\n", ">").replace("\n", " ")


def _small_sheet(text: str) -> str:
    cell = f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>'
    return _part("worksheet", f'<sheetData><row r="1">{cell}</row></sheetData>')


_PARTS: dict[str, str | bytes] = {
    "xl/workbook.xml": _part("workbook", _BOOK),
    "xl/worksheets/sheet1.xml": _part("worksheet", _SHEET),
    "xl/worksheets/sheet2.xml": _small_sheet("暗隐藏表"),
    "xl/worksheets/sheet3.xml": _small_sheet("暗深藏表"),
    "xl/sharedStrings.xml": _part("sst", _TEXTS),
    "xl/styles.xml": _part("styleSheet", _STYLES),
    "xl/drawings/drawing1.xml": _part("xdr:wsDr", _DRAWING),
    "xl/drawings/old1.vml": "<v>暗旧图形</v>",
    "xl/charts/chart1.xml": _part("c:chartSpace", _CHART),
    "xl/media/image1.png": png("暗图片附注"),
    "xl/comments1.xml": _part(
        "comments",
        "<authors><author>暗批注人</author></authors><commentList>"
        '<comment ref="A1"><text><r><t>暗批注</t></r></text></comment></commentList>',
    ),
    "xl/threadedComments/threadedComment1.xml": _part(
        "ThreadedComments",
        '<threadedComment ref="A1"><text>暗讨论</text></threadedComment>',
    ),
    "xl/persons/person.xml": '<list><person displayName="暗讨论人"/></list>',
    "xl/tables/table1.xml": _part("table", '<tableColumn name="暗列名"/>'),
    "xl/pivotCache/pivotCacheDefinition1.xml": _part("p", '<s v="暗透视缓存"/>'),
    "xl/externalLinks/externalLink1.xml": _part("e", "<v>暗外部缓存</v>"),
    "xl/printerSettings/printerSettings1.bin": "暗打印机".encode("utf-16-le"),
    "xl/calcChain.xml": _part("calcChain", "<c>暗计算链</c>"),
    "customXml/item1.xml": "<own>暗自定义数据</own>",
    "docProps/core.xml": '<p xmlns:dc="urn:dc"><dc:creator>暗作者</dc:creator></p>',
}
_TYPES = {
    "xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
    **{f"xl/worksheets/sheet{n}.xml": f"{_TYPE}.worksheet+xml" for n in (1, 2, 3)},
    "xl/sharedStrings.xml": f"{_TYPE}.sharedStrings+xml",
    "xl/styles.xml": f"{_TYPE}.styles+xml",
}
_TIES: dict[str, list[Tie]] = {
    "": [("rId1", "officeDocument", "xl/workbook.xml")],
    "xl/workbook.xml": [
        *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in (1, 2, 3)),
        ("rId4", "sharedStrings", "sharedStrings.xml"),
        ("rId5", "styles", "styles.xml"),
        ("rId6", "externalLink", "externalLinks/externalLink1.xml"),
        ("rId7", "calcChain", "calcChain.xml"),
        ("rId8", "person", "persons/person.xml"),
        ("rId9", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
    ],
    "xl/worksheets/sheet1.xml": [
        ("rId1", "drawing", "../drawings/drawing1.xml"),
        ("rId2", "comments", "../comments1.xml"),
        ("rId3", "threadedComment", "../threadedComments/threadedComment1.xml"),
        ("rId4", "hyperlink", "mailto:暗邮箱@example.cn"),
        ("rId5", "printerSettings", "../printerSettings/printerSettings1.bin"),
        ("rId6", "vmlDrawing", "../drawings/old1.vml"),
        ("rId7", "table", "../tables/table1.xml"),
    ],
    "xl/drawings/drawing1.xml": [
        ("rId1", "image", "../media/image1.png"),
        ("rId2", "chart", "../charts/chart1.xml"),
    ],
    "xl/externalLinks/externalLink1.xml": [
        ("rId1", "externalLinkPath", "file:///C://暗外部文件.xlsx")
    ],
}

#: The words that a reader sees, and those that no reader sees.
SEEN = ("显富文本", *sorted(set(re.findall(r"显\w+", repr(_PARTS)))))
HIDDEN = (
    *sorted(set(re.findall(r"暗\w+", repr(_PARTS) + repr(_TIES)))),
    *("暗图片附注", "暗打印机"),
)


def planted(prefix: str = "") -> bytes:
    """Return an Excel file that holds all of SEEN and all of HIDDEN.

    Some programs write the names of a sheet's elements with a prefix.
    """
    parts = dict(_PARTS)
    if prefix:
        names = re.compile(r"<(/?)(?=[a-zA-Z]+[ />])(?![a-zA-Z]+:)")
        sheet = names.sub(rf"<\1{prefix}", str(parts["xl/worksheets/sheet1.xml"]))
        space = f"xmlns:{prefix.strip(':')}="
        parts["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", space)
    return package_of(parts, _TYPES, _TIES)
