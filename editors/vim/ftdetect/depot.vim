autocmd BufRead,BufNewFile *.depot,depot.project setfiletype depot
