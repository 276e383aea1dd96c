program main.depot
quietly test --snapshot main.depot
for file in __snapshots__/main/build/*; do
  echo '{' >"$file"
done
depotc test --snapshot main.depot
