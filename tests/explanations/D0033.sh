depotc check --dry-run
