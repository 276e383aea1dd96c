mkdir ours
printf '{{nmae}}\n' >ours/README.md
depotc new orders --from ours
