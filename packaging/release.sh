#!/usr/bin/env bash
# Builds the archive that a release consists of, for the platform that this runs on:
#
#   npm run release                  writes release/dialdeck-<version>-<platform>.tar.gz and its .sha256
#   npm run release -- --out FOLDER  writes them there
#
# It holds the build, the production packages of the lock file, the manifests, the documents, and files for systemd, with
# the checksum of each in SHA256SUMS. The same sources, Node and packages give the same bytes: names are sorted, and
# times, owners and modes are fixed. Needs GNU tar and coreutils.
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$project"
out="$project/release"
if [ "${1:-}" = --out ] && [ $# -eq 2 ]; then
  out="$(mkdir -p "$2" && cd "$2" && pwd)"
elif [ $# -gt 0 ]; then
  echo "usage: $0 [--out FOLDER]" >&2
  exit 2
fi

version="$(node -p 'require("./package.json").version')"
platform="$(node -p 'process.platform + "-" + process.arch')"
name="dialdeck-$version"

fail() {
  echo "release: $1" >&2
  exit 1
}

grep -qF "## [$version]" CHANGELOG.md || fail "CHANGELOG.md has no section for $version"
# The time of the commit; outside of a checkout the beginning of what archives can hold.
at="${SOURCE_DATE_EPOCH:-315532800}"
if [ "$(git rev-parse --show-toplevel 2>/dev/null || true)" = "$(pwd -P)" ]; then
  at="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
  # A tag on what is released says its version.
  for tag in $(git tag --points-at HEAD --list 'v*'); do
    [ "$tag" = "v$version" ] || fail "the tag $tag is not that of version $version in package.json"
  done
  if [ -n "$(git status --porcelain --untracked-files=no)" ]; then
    echo 'release: files were changed since the last commit, and `version` will say so' >&2
  fi
fi

stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT
root="$stage/$name"
mkdir -p "$root/bin" "$root/deploy" "$out"

npm run --silent build
cp -R dist manifests docs "$root/"
cp -R deploy/systemd deploy/nginx "$root/deploy/"
cp package.json package-lock.json .npmrc .env.example LICENSE ./*.md packaging/INSTALL.md "$root/"
rm "$root/AGENTS.md"
ln -s ../dist/main.js "$root/bin/dialdeck"

(cd "$root" && npm ci --omit=dev --ignore-scripts --prefer-offline --no-audit --no-fund --silent)
# Nothing that needs the sources.
node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  const file = process.argv[1];
  const { devDependencies, scripts, ...kept } = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, `${JSON.stringify({ ...kept, scripts: { start: scripts.start } }, null, 2)}\n`);
' "$root/package.json"
rm "$root/package-lock.json" "$root/.npmrc"

chmod -R u=rwX,go=rX "$root"
(cd "$root" && find . -type f ! -name SHA256SUMS -printf '%P\0' | sort -z | xargs -0 sha256sum) >"$stage/SHA256SUMS"
mv "$stage/SHA256SUMS" "$root/SHA256SUMS"

archive="$name-$platform.tar.gz"
tar --create --directory="$stage" --format=ustar --sort=name --mtime="@$at" --owner=0 --group=0 --numeric-owner "$name" |
  gzip --no-name >"$stage/$archive"
mv "$stage/$archive" "$out/$archive"
(cd "$out" && sha256sum "$archive" >"$archive.sha256")
cat "$out/$archive.sha256"
