#!/bin/sh
# Opens a takeout with nothing of Waystation: age, tar, sha256sum, and the csv of a Python without any package.
#     takeout_by_hand.sh ARCHIVE KEYFILE FOLDER
# Prints what the manifest says and what the tables hold, one a line: sort, name, in the office, in the archive, rows.
set -eu
archive=$1 key=$2 folder=$3
cd "$folder"
age -d -i "$key" "$archive" | tar -x
cd takeout-*
sha256sum --strict --quiet -c SHA256SUMS
find . -type f ! -name SHA256SUMS | wc -l | tr -d ' ' > ../files
wc -l < SHA256SUMS | tr -d ' ' > ../sums
cmp ../files ../sums    # nothing lies here that has no digest
python3 -I -S - <<'END'
import csv, os

def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))

left = rows("not-opened.csv")
for line in rows("manifest.csv"):
    sort, name = line["sort"], line["name"]
    if sort == "type":
        held = len(rows(f"csv/{name}.csv"))
        whole = len(os.listdir(f"records/{name}")) if os.path.isdir(f"records/{name}") else 0
        assert held == whole == int(line["in_this_archive"]), (name, held, whole, line)
        print("type", name, "", held, held, sep="\t")
    elif sort == "files":
        held = rows("csv/files.csv")
        assert sorted(one["path"] for one in held) == sorted(
            f"files/{one}" for one in (os.listdir("files") if os.path.isdir("files") else ())), "files"
        print("files", "", line["in_the_office"], line["in_this_archive"], len(held), sep="\t")
    elif sort == "table":
        print("table", name, line["in_the_office"], line["in_this_archive"], len(rows(f"csv/{name}.csv")), sep="\t")
    elif sort == "kind":
        print("kind", name, line["in_the_office"], line["in_this_archive"], line["not_opened"], sep="\t")
    else:
        print(sort, name, line["value"], "", "", sep="\t")
print("left", "", "", "", len(left), sep="\t")
END
