"""VERIFY.txt: how anybody checks a package with tools of any system, without us and without this program.

The lines between the rules are run as they stand; a test takes them out of the file and runs them in a bare shell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RULE = "-" * 72
ZERO = "0" * 64


@dataclass(frozen=True, slots=True)
class Proof:
    """Which list of a week holds an original, or the first `lines` lines of a custody; none: `week` is empty."""

    exhibit: str
    what: str
    lines: int
    salt_file: str
    week: str


HEAD = """\
HOW TO CHECK THIS PACKAGE                                        이 묶음을 확인하는 방법

Take the root certificates from where they are published, not from this package: a root that lies in a package proves
nothing. Compare their SHA-256 with what the organisation and the authorities of time publish. If VERIFY.txt itself may
have been changed, take these lines from the manual of Waystation (how-to/evidence-packages).
루트 인증서는 이 묶음이 아니라 공개된 곳에서 받으십시오. 묶음 안에 든 루트는 아무것도 증명하지 않습니다. 그 SHA-256 값을
단체와 시각 인증 기관이 공개한 값과 비교하십시오. 이 파일이 의심스러우면 Waystation 설명서에서 명령을 가져오십시오.

Needed / 필요한 것: coreutils, findutils, diffutils, grep, sed, OpenSSL 3

What passes shows: these bytes have not changed since they were taken in, and who handled them. It does not show that
what they say is true. Nothing printed but "OK" and "verification successful" is good; any other line is a fault.
통과하면 알 수 있는 것: 받은 뒤로 이 파일들이 바뀌지 않았고 누가 다루었는지. 그 내용이 참이라는 뜻은 아닙니다.
"OK"와 "successful" 밖의 출력은 모두 결함입니다.

Put the roots under these names into the folder that holds the package, go there, and run:
아래 이름으로 루트 인증서를 묶음이 있는 폴더에 두고 그 폴더에서 실행하십시오:
  signer-root-from-our-website.pem   tsa-a-root-from-the-authority.pem   tsa-b-root-from-the-authority.pem
"""
FOOT = """\
After a certificate has expired add -attime <seconds since 1970 of the signature or stamp> to the openssl lines.
인증서 기한이 지났으면 openssl 명령에 -attime <서명 또는 시각 인증의 1970년 이후 초>를 더하십시오.
"""


OUTER = """\
Z={zero}
# 1 outer files whole / 바깥 파일
sha256sum --strict -c {name}.sums
# 2 signature over the list of lists / 서명
openssl cms -verify -cades -binary -inform DER -in {name}.p7s -content {name}/tagmanifest-sha256.txt \\
  -CAfile signer-root-from-our-website.pem -purpose any -out /dev/null
# 3 every file, and no file more / 모든 파일, 더도 덜도 없이
cd {name}
sha256sum --strict --quiet -c tagmanifest-sha256.txt
sha256sum --strict --quiet -c manifest-sha256.txt
sha512sum --strict --quiet -c manifest-sha512.txt
find data ! -type d | LC_ALL=C sort > ../have
cut -c67- manifest-sha256.txt | LC_ALL=C sort | diff - ../have
cut -c131- manifest-sha512.txt | LC_ALL=C sort | diff - ../have
find . ! -type d ! -path './data/*' ! -name tagmanifest-sha256.txt | sed 's,^\\./,,' | LC_ALL=C sort > ../have
cut -c67- tagmanifest-sha256.txt | LC_ALL=C sort | diff - ../have
find . -type l | diff /dev/null -
# 4 when the lists of the weeks were there / 주간 목록의 시각 인증
"""
STAMPED = """\
openssl ts -verify -data data/proofs/batches/{week}.txt -in data/proofs/batches/{week}.{slot}.tsr \\
  -CAfile ../tsa-{slot}-root-from-the-authority.pem
"""
ORIGINAL = """\
c=$(cat data/proofs/{salt} data/originals/{exhibit}/* | sha256sum | cut -c1-64)
grep -x "$c" data/proofs/batches/{week}.txt > /dev/null || echo {exhibit} original NOT IN THE LIST
"""
CUSTODY = """\
c=$({{ cat data/proofs/{salt}; head -n {lines} data/custody/{exhibit}.jsonl; }} | sha256sum | cut -c1-64)
grep -x "$c" data/proofs/batches/{week}.txt > /dev/null || echo {exhibit} custody NOT IN THE LIST
"""
CHAIN = """\
p=$Z; while IFS= read -r l; do
  case $l in *"\\"prev\\":\\"$p\\""*) ;; *) echo {exhibit} custody BROKEN; break;; esac
  p=$(printf '%s\\n' "$l" | sha256sum | cut -c1-64)
done < data/custody/{exhibit}.jsonl
"""


def verify_text(name: str, proofs: Sequence[Proof], tokens: Mapping[str, Sequence[str]]) -> str:
    """The whole file. `tokens`: which tokens ("a", "b") were brought back for each week."""
    weeks = sorted({one.week for one in proofs if one.week})
    lines = [OUTER.format(name=name, zero=ZERO)]
    lines += [STAMPED.format(week=week, slot=slot) for week in weeks for slot in tokens.get(week, ())]
    lines += ["# 5 when the originals were known to us, and the custody so far / 원본과 보관 기록이 목록에 있는지\n"]
    lines += [(ORIGINAL if one.what == "original" else CUSTODY).format(
        exhibit=one.exhibit, salt=one.salt_file, week=one.week, lines=one.lines) for one in proofs if one.week]
    lines += ["# 6 custody chains unbroken / 보관 기록의 사슬\n"]
    lines += [CHAIN.format(exhibit=exhibit) for exhibit in dict.fromkeys(one.exhibit for one in proofs)]
    missing = [f"{one.exhibit}: the {one.what} stands in no list of a week yet / 아직 주간 목록에 없음"
               for one in proofs if not one.week]
    missing += [f"{week}: no stamp {slot} was brought back / 시각 인증 {slot} 없음" for week in weeks for slot in "ab"
                if slot not in tokens.get(week, ())]
    return "\n".join([HEAD, RULE, "".join(lines) + "cd ..", RULE, "", *missing, "", FOOT])


def commands(text: str) -> str:
    """The lines to run, out of a VERIFY.txt."""
    return text.split(RULE)[1].strip() + "\n"
