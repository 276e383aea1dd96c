program main.depot
depotc check main.depot --diagnostics text:one --diagnostics jsonl:one
