printf 'param stage: "dev" | "prod" = "dev"\n' >main.depot
program main.depot
depotc build main.depot -p stagge=prod
