program main.depot
printf 'format: { indent: 2 * 2 }\n' >depot.project
depotc fmt
