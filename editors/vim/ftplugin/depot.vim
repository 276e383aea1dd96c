" Settings of .depot files, for Vim and Neovim.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=//\ %s comments=:///,://
setlocal expandtab shiftwidth=2 softtabstop=2 suffixesadd=.depot
setlocal formatoptions-=t formatoptions+=croql
if executable('depotc')
  setlocal formatprg=depotc\ fmt\ -
endif

let b:undo_ftplugin = 'setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< suffixesadd< formatoptions< formatprg<'
