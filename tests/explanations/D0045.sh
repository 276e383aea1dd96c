program main.depot
printf 'stages: { prod: {} }\n' >depot.project
depotc build --stage prdo
