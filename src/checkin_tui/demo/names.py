"""What the invented people of the sample are called: tables to draw from. Nobody real is meant."""

from __future__ import annotations

from random import Random
from typing import Final

TWIN_NAME: Final = "Zhang Wei"


def _words(text: str) -> tuple[str, ...]:
    """The words of a table; `~` is a space inside one."""
    return tuple(word.replace("~", " ") for word in text.split())


_FAMILY: Final = _words("""
    Bai Cai Chen Cheng Cui Deng Ding Dong Du Fan Fang Feng Gao Gong Guo Han Hao He Hou Hu Huang Jia Jiang Jin Kang Kong
    Lei Li Liang Liao Lin Liu Lu Luo Ma Meng Ning Pan Peng Qian Qiao Qin Qiu Shao Shen Shi Song Su Sun Tan Tang Tao Tian
    Wang Wei Wen Wu Xia Xiao Xie Xu Xue Yan Yang Yao Ye Yin Yu Yuan Zeng Zhai Zhang Zhao Zheng Zhou Zhu
""")
_GIVEN: Final = _words("""
    An Bei Bolin Chunhua Dandan Fang Guang Haitao Heng Hui Jiahao Jianguo Jing Jun Lan Lei Lihua Lina Meiling Min
    Mingyue Ping Rong Rui Shan Shufen Tao Ting Wei Weidong Wenbin Xiang Xiaohong Xiaoming Xin Xiuying Xue Yan Yating
    Yifan Ying Yong Yulan Yun Yuxin Zhen Zhihao Zihan
""")
_FIRST: Final = _words("""
    Aoife Agnieszka Amara Anders Anaïs Ayşe Björn Chloé Dagný Desta Eimear Elif Esperança Felix Françoise Giulia Håkon
    Ines Ivo Jasper Joaquín José Jürgen Kalani Katarína Lars Léa Lucía Łukasz Mateus Maëlle Nia Niamh Noé Oluchi Óscar
    Petra Priya Quinn Rasmus Renée Sanna Siân Søren Tadeáš Tomás Ute Vilma Wanjiru Xavi Yusuf Zoë Zuzana
""")
_LAST: Final = _words("""
    Achterberg Ågren Bellweather Birkenfeld Cardoso Čermák Dąbrowska Dunmore Eriksdotter Fairweather Fontaine García
    Grünwald Håland Hollowell Ivarsson Jourdain Kaplan Kowalczyk Lindqvist Löfgren Marlowe Müller Nakamwe Ní~Dhuibhne
    Nuñez O'Dell Oyelaran Peñalver Quill Rosenthal Røed Saavedra Sørby Thistlewood Umeh Vandermeer Wójcik Yıldız Zapata
""")

# Where letters end, programs begin to err. The Chinese ones have surnames that dictionaries read otherwise.
OTHER_SCRIPTS: Final = (
    "曾雨桐",
    "单晓岚",
    "仇远舟",
    "解春和",
    "查若溪",
    "翟小满",
    "区念慈",
    "朴松月",
    "盖知秋",
    "尉迟明朗",
    "欧阳若水",
    "张晨曦",
    "李沐阳",
    "王书瑶",
    "吕安然",
    "周子墨",
    "吴映雪",
    "赵清和",
    "孙乐天",
    "迪丽娜尔·阿合买提",
    "ليلى الحداد",
    "يوسف بن سالم",
    "مريم الزهراني",
    "سامي قاسم",
    "نور الهدى منصور",
    "Алёна Берёзкина",
    "Тимофей Лугов",
    "Дарья Синицына",
    "Йордан Горянов",
    "Оксана Веснянко",
    "김솔아",
    "Ελένη Ποταμίτη",
)

VERY_LONG: Final = (
    "Maximiliane Theodora Wilhelmina von Hohenlinden-Birkenthal zu Unterauental",
    "María de los Ángeles Guadalupe Fernández-Villaseñor y Montes de Quintanilla",
    "Chukwuemeka-Oluwadamilola Adebayo-Nwachukwu Ifeanyichukwu Temitope Olorunfemi",
    "Venkatanarasimhasubrahmanyam Lakshminarayanaswamy",
    "爱新雅尔·阿不都热合曼·买买提吐尔逊·古丽努尔汗",
)


def invented_name(rng: Random) -> str:
    """A Latin name: three of five in pinyin, the others from here and there."""
    if rng.random() < 0.6:
        return f"{rng.choice(_FAMILY)} {rng.choice(_GIVEN)}"
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
