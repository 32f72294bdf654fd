"""A Word file with words planted in every place that a Word file has.

What a reader sees begins with 显, what no reader sees with 暗; the rest is the place.
"""

import io
import re

import docx

from tests.engine.content.packages import Tie, png
from tests.engine.content.packages import package as package_of

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OPEN = "http://schemas.openxmlformats.org"
_SPACES = (
    f' xmlns:w="{_OPEN}/wordprocessingml/2006/main"'
    f' xmlns:r="{_OPEN}/officeDocument/2006/relationships"'
    f' xmlns:wp="{_OPEN}/drawingml/2006/wordprocessingDrawing"'
    f' xmlns:a="{_OPEN}/drawingml/2006/main"'
    f' xmlns:pic="{_OPEN}/drawingml/2006/picture"'
    f' xmlns:c="{_OPEN}/drawingml/2006/chart"'
    f' xmlns:m="{_OPEN}/officeDocument/2006/math"'
    f' xmlns:mc="{_OPEN}/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:own="urn:own" mc:Ignorable="w14 own"'
)

_BODY = """
<!--暗注释--><?own 暗指令?>
<w:p><w:r><w:t>前显</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>段</w:t></w:r>
<w:r><w:t>落后</w:t></w:r></w:p>
<w:p><w:bookmarkStart w:id="1" w:name="暗书签"/>
<w:hyperlink r:id="rId24" w:tooltip="暗链接提示"><w:r><w:t>显链接</w:t></w:r>
</w:hyperlink></w:p>
<w:p><w:ins w:author="暗修订人"><w:r><w:t>显插入</w:t></w:r></w:ins>
<w:del w:author="暗修订人"><w:r><w:delText>暗删除</w:delText></w:r></w:del></w:p>
<w:p><w:moveFrom w:author="某"><w:r><w:t>暗移出</w:t></w:r></w:moveFrom>
<w:moveTo w:author="某"><w:r><w:t>显移入</w:t></w:r></w:moveTo></w:p>
<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>接着</w:t></w:r></w:p>
<w:p><w:r><w:t>显接续</w:t></w:r></w:p>
<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>看得见</w:t></w:r>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗隐藏</w:t></w:r>
<w:r><w:rPr><w:rStyle w:val="x"/></w:rPr><w:t>暗样式隐藏</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="y"/></w:pPr><w:r><w:t>暗段落隐藏</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="暗样式名"/></w:pPr><w:r><w:t>样式</w:t></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput>
<w:default w:val="暗表单默认"/></w:textInput></w:ffData></w:fldChar></w:r>
<w:r><w:instrText>QUOTE 暗域代码</w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>显域结果</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:p><w:fldSimple w:instr="AUTHOR 暗简单域"><w:r><w:t>某</w:t></w:r></w:fldSimple></w:p>
<w:sdt><w:sdtPr><w:alias w:val="暗控件名"/><w:tag w:val="暗控件标记"/>
<w:dropDownList><w:listItem w:displayText="暗控件选项"/></w:dropDownList></w:sdtPr>
<w:sdtContent><w:p><w:r><w:t>显控件</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:tbl><w:tblPr><w:tblDescription w:val="暗表格说明"/></w:tblPr>
<w:tr><w:tc><w:p><w:r><w:t>显单元格</w:t></w:r></w:p></w:tc>
<w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>显内层格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p/></w:tc></w:tr>
<w:tr><w:trPr><w:del/></w:trPr><w:tc>
<w:p><w:r><w:t>暗删除行</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:r><w:t>暗删除格</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>留</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>
<w:p><w:r><w:t>暗隐藏行</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl>
<w:p><w:r><w:drawing><wp:inline><wp:extent cx="360000" cy="360000"/>
<wp:docPr id="1" name="暗图片名" descr="暗图片说明"/><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="0" name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>
<a:blip r:embed="rId20"/><a:srcRect l="50000"/><a:stretch><a:fillRect/></a:stretch>
</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/>
</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>
</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>
<a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>显文本框</w:t></w:r></w:p>
</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>
</mc:Choice><mc:Fallback><w:pict><v:shape o:gfxdata="暗备用图形"><v:textbox>
<w:txbxContent><w:p><w:r><w:t>显文本框</w:t></w:r><w:r><w:t>暗备用文字</w:t></w:r></w:p>
</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>
<w:p><w:r><w:drawing><wp:inline><a:graphic>
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
<c:chart r:id="rId21"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>
<w:p><w:r><w:ruby><w:rt><w:r><w:t>zhù</w:t></w:r></w:rt>
<w:rubyBase><w:r><w:t>显注音</w:t></w:r></w:rubyBase></w:ruby></w:r>
<m:oMath><m:r><m:t>显公式</m:t></m:r></m:oMath></w:p>
<w:p><w:r><w:object><o:OLEObject r:id="rId22"/></w:object></w:r></w:p>
<w:altChunk r:id="rId23"/>
<w:p w14:paraId="12345678" w:rsidR="暗段落标记" own:x="暗外来属性">
<own:y>暗外来元素</own:y><w:r w:rsidR="暗文字标记"/>暗游离文字</w:p>
<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>
<w:footerReference w:type="default" r:id="rId2"/></w:sectPr>
"""

_STYLES = """
<w:style w:type="character" w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="y"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="暗样式名">
<w:name w:val="暗样式名"/></w:style>
"""
_NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:name w:val="暗列表名"/>
<w:lvl w:ilvl="0"><w:lvlText w:val="%1 显列表编号"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""
_SETTINGS = """
<w:rsids><w:rsid w:val="00A1B2C3"/></w:rsids>
<w:docVars><w:docVar w:name="a" w:val="暗文档变量"/></w:docVars>
"""
_HEADER = """
<w:p><w:r><w:t>显页眉</w:t></w:r></w:p><w:p><w:r><w:pict><v:shape alt="暗形状说明">
<v:textpath string="显水印"/></v:shape></w:pict></w:r></w:p>
"""
_FOOTER = """
<w:p><w:r><w:t>显页脚</w:t></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>
<w:r><w:instrText> PAGE </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r>
<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
"""
_CHART = """
<c:chart><c:plotArea><c:ser><c:tx><c:strRef><c:f>Sheet1!$A$1</c:f><c:strCache>
<c:ptCount val="1"/><c:pt idx="0"><c:v>显图表</c:v></c:pt></c:strCache></c:strRef>
</c:tx>
</c:ser></c:plotArea></c:chart><c:externalData r:id="rId9"/>
"""


def _part(name: str, inside: str) -> str:
    return f"<{name}{_SPACES}>{inside}</{name}>".replace(">\n", ">").replace("\n", " ")


_PARTS: dict[str, str | bytes] = {
    "word/document.xml": _part("w:document", f"<w:body>{_BODY}</w:body>"),
    "word/header1.xml": _part("w:hdr", _HEADER),
    "word/footer1.xml": _part("w:ftr", _FOOTER),
    "word/footnotes.xml": _part(
        "w:footnotes",
        '<w:footnote w:id="1"><w:p><w:r><w:t>显脚注</w:t></w:r></w:p></w:footnote>',
    ),
    "word/endnotes.xml": _part(
        "w:endnotes",
        '<w:endnote w:id="1"><w:p><w:r><w:t>显尾注</w:t></w:r></w:p></w:endnote>',
    ),
    "word/comments.xml": _part(
        "w:comments",
        '<w:comment w:id="1" w:author="暗批注人"><w:p><w:r><w:t>暗批注</w:t></w:r>'
        "</w:p></w:comment>",
    ),
    "word/styles.xml": _part("w:styles", _STYLES),
    "word/numbering.xml": _part("w:numbering", _NUMBERING),
    "word/settings.xml": _part("w:settings", _SETTINGS),
    "word/fontTable.xml": _part(
        "w:fonts", '<w:font w:name="a"><w:embedRegular r:id="rId1"/></w:font>'
    ),
    "word/charts/chart1.xml": _part("c:chartSpace", _CHART),
    "word/media/image1.png": png("暗图片附注"),
    "word/media/image2.png": png("暗未用图片"),
    "word/embeddings/object1.bin": "暗嵌入文件".encode("utf-16-le"),
    "word/afchunk1.htm": "暗外部片段",
    "word/fonts/font1.odttf": "暗嵌入字体".encode("utf-16-be"),
    "word/people.xml": _part("w:people", '<w:person w:author="暗人员"/>'),
    "word/glossary/document.xml": _part(
        "w:glossaryDocument", "<w:p><w:r><w:t>暗构建基块</w:t></w:r></w:p>"
    ),
    "word/orphan.xml": _part("w:hdr", "<w:p><w:r><w:t>暗孤立部件</w:t></w:r></w:p>"),
    "word/暗部件名.xml": "<own/>",
    "customXml/item1.xml": "<own>暗自定义数据</own>",
    "docProps/core.xml": '<p xmlns:dc="urn:dc"><dc:creator>暗作者</dc:creator></p>',
    "docProps/app.xml": "<Properties><Company>暗单位</Company></Properties>",
    "docProps/custom.xml": '<p><property name="a"><v>暗自定义属性</v></property></p>',
}
_TYPED = (
    *("footnotes", "endnotes", "comments", "styles", "numbering", "settings"),
    "fontTable",
)
_TYPES = {
    "word/document.xml": f"{_TYPE}.document.main+xml",
    "word/header1.xml": f"{_TYPE}.header+xml",
    "word/footer1.xml": f"{_TYPE}.footer+xml",
    **{f"word/{name}.xml": f"{_TYPE}.{name}+xml" for name in _TYPED},
}
_TIES: dict[str, list[Tie]] = {
    "": [
        ("rId1", "officeDocument", "word/document.xml"),
        ("rId2", "core-properties", "docProps/core.xml"),
    ],
    "word/document.xml": [
        ("rId1", "header", "header1.xml"),
        ("rId2", "footer", "footer1.xml"),
        *((f"rId{n}", name, f"{name}.xml") for n, name in enumerate(_TYPED, start=3)),
        ("rId20", "image", "media/image1.png"),
        ("rId21", "chart", "charts/chart1.xml"),
        ("rId22", "oleObject", "embeddings/object1.bin"),
        ("rId23", "aFChunk", "afchunk1.htm"),
        ("rId24", "hyperlink", "https://example.cn/暗链接地址"),
        ("rId25", "people", "people.xml"),
        ("rId26", "glossaryDocument", "glossary/document.xml"),
    ],
    "word/fontTable.xml": [("rId1", "font", "fonts/font1.odttf")],
    "word/charts/chart1.xml": [("rId9", "oleObject", "https://example.cn/暗图表来源")],
}
_COMMENT = "暗压缩包说明"

#: The words that a reader sees, and those that no reader sees.
SEEN = ("显段落", *sorted(set(re.findall("显\\w+", repr(_PARTS)))))
HIDDEN = (
    *sorted(set(re.findall("暗\\w+", repr(_PARTS) + repr(_TIES)))),
    *("暗图片附注", "暗未用图片", "暗嵌入文件", "暗嵌入字体", _COMMENT),
)


def planted() -> bytes:
    """Return a Word file that holds all of SEEN and all of HIDDEN."""
    return package_of(_PARTS, _TYPES, _TIES, _COMMENT.encode())


def word(body: str) -> bytes:
    """Return a Word file with this body and nothing else."""
    return package_of(
        {"word/document.xml": _part("w:document", f"<w:body>{body}</w:body>")},
        {"word/document.xml": f"{_TYPE}.document.main+xml"},
        {"": [("rId1", "officeDocument", "word/document.xml")]},
    )


def lines(*texts: str) -> bytes:
    """Return a Word file of plain paragraphs, as the usual library writes it."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
