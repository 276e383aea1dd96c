" Writes the syntax group at each place that $PLACES lists (file, line, character) to $GROUPS.
set encoding=utf-8 nomodeline noswapfile synmaxcol=0
let &runtimepath = $EDITORS . '/vim,' . $VIMRUNTIME
let s:groups = []
let s:file = ''
for s:place in readfile($PLACES)
  let [s:name, s:line, s:character] = split(s:place, "\t")
  if s:name !=# s:file
    execute 'edit! ' . fnameescape(s:name)
    syntax clear
    unlet! b:current_syntax
    runtime syntax/depot.vim
    let s:file = s:name
  endif
  let s:column = byteidx(getline(s:line), s:character - 1) + 1
  call add(s:groups, synIDattr(synID(s:line, s:column, 1), 'name'))
endfor
call writefile(s:groups, $GROUPS)
qall!
