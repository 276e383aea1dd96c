" Indentation of .depot files: one step for each line that leaves brackets open.
if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=DepotIndent(v:lnum) indentkeys=0},0],0),!^F,o,O
let b:undo_indent = 'setlocal indentexpr< indentkeys<'

if exists('*DepotIndent')
  finish
endif

" How many brackets a line opens more than it closes, those in strings and comments left out; and whether it begins with
" one that closes.
function! s:Brackets(line) abort
  let text = substitute(a:line, '"\%([^"\\]\|\\.\)*"\|''\%([^''\\]\|\\.\)*''', '', 'g')
  let text = substitute(text, '//.*', '', '')
  let opened = strlen(substitute(text, '[^[({]', '', 'g')) - strlen(substitute(text, '[^])}]', '', 'g'))
  return [opened, text =~# '^\s*[])}]']
endfunction

function! DepotIndent(lnum) abort
  let before = prevnonblank(a:lnum - 1)
  if before == 0
    return 0
  endif
  let [opened, closes] = s:Brackets(getline(before))
  " `} else {` closes one and opens another.
  let turns = closes && opened == 0 && getline(before) =~# '[[({]\s*\%(//.*\)\?$'
  let steps = opened > 0 || turns ? 1 : 0
  if opened < 0 && !closes
    let steps -= 1
  endif
  if getline(a:lnum) =~# '^\s*[])}]'
    let steps -= 1
  endif
  return max([0, indent(before) + steps * shiftwidth()])
endfunction
