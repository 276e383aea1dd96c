printf 'entries: ["depot.project"]\n' >depot.project
depotc check
