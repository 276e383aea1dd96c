program main.depot
quietly test --snapshot main.depot
printf '  name: "other"\n}\n' >end
sed -i '$d' main.depot
cat end >>main.depot
depotc test --snapshot main.depot
