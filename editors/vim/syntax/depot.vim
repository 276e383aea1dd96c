" Syntax of .depot files, for Vim and Neovim.
if exists('b:current_syntax')
  finish
endif
let s:cpo = &cpo
set cpo&vim

" Begin of what editors/generate.mjs writes.
let s:keywords = split(''
      \ . ' as at attribute construct deploy else existing expect extend false fn for from if import in is let'
      \ . ' module output param require rule schema test true type use when')
let s:functions = split(''
      \ . ' all any bool camel cidr contains endsWith entries file flatten importValue int join json kebab'
      \ . ' keys length lower max merge min number pascal range replace secret sha256 snake sort split ssm'
      \ . ' startsWith string sum trim unique upper upperSnake values zip')
let s:types = split(''
      \ . ' API Aurora Cognito Composite Default DynamoDB ElasticSearch Glue IAM Iceberg Lambda LambdaData'
      \ . ' LongRunning S3Tables Snowflake WebSocket')
let s:members = split(''
      \ . ' API COPY_ON_WRITE CREATE CSV DELETE DEPLOYMENT DESTROY DISCARD EXPORT EXTERNAL IMMEDIATE'
      \ . ' INSERT_IGNORE JSON JSONL LARGE MANAGED MEDIUM MERGE MERGE_ON_READ ONDEMAND PARQUET PATCH'
      \ . ' PROVISIONED REFRESH REPLICATION RETAIN ROLLUP SMALL SNAPSHOT TRANSACTION UPDATE UPSERT')
let s:plain = split(''
      \ . ' any bool int number secret string')
" End of what editors/generate.mjs writes.

function! s:Any(list) abort
  return '\%(' . join(a:list, '\|') . '\)'
endfunction

" The kinds of users' own constructs too: a name before the name that is declared.
syntax match depotKind /\%(\%(^\|[{;,]\|\<existing\>\)\s*\)\@60<=[a-z]\w*\>\ze\s\+\%(\/\*.\{-}\*\/\s*\)\?[A-Za-z_]\w*\%(\[.\{-}\]\)\?\s*\%(\/[/*].*\)\?\%([:{]\|$\)/
" Words are keywords where they are no names of properties.
execute 'syntax match depotKeyword /\<' . s:Any(s:keywords) . '\>\%(\s*?\?\s*[:.(,}]\)\@!/'
syntax match depotKeyword /\<if\>\ze\s*(/
execute 'syntax match depotFunction /\<' . s:Any(s:functions) . '\>\ze\s*(/'
execute 'syntax match depotMember /\<' . s:Any(s:members) . '\>\%(\s*:\)\@!/'
execute 'syntax match depotType /:\s*\zs' . s:Any(s:types + s:plain) . '\>/'
syntax match depotProperty /\<[A-Za-z_]\w*\>\ze\s*?\?\s*:/
syntax keyword depotBoolean true false
syntax match depotNumber /\<\d[0-9_]*\%(\.\d[0-9_]*\)\?\%([eE][-+]\?\d[0-9_]*\)\?\>/
syntax match depotDecorator /@[A-Za-z]\w*/
syntax match depotEscape /\\\%(u{\x\+}\|.\)/ contained
syntax region depotInterpolation matchgroup=depotDelimiter start=/\${/ end=/}/ contained contains=TOP
syntax region depotBraces start=/{/ end=/}/ contains=TOP transparent
syntax region depotString start=/"/ end=/"/ end=/$/ contains=depotEscape,depotInterpolation
syntax region depotString start=/'/ end=/'/ end=/$/ contains=depotEscape,depotInterpolation
syntax region depotString start=/"""/ end=/"""/ contains=depotEscape,depotInterpolation
syntax match depotComment /\/\/.*/ contains=@Spell
syntax region depotComment start=+/\*+ end=+\*/+ contains=depotComment,@Spell
syntax match depotDoc /\/\/\/.*/ contains=@Spell
syntax sync fromstart

highlight default link depotKeyword Keyword
highlight default link depotFunction Function
highlight default link depotMember Constant
highlight default link depotKind Structure
highlight default link depotType Type
highlight default link depotProperty Identifier
highlight default link depotBoolean Boolean
highlight default link depotNumber Number
highlight default link depotDecorator PreProc
highlight default link depotEscape SpecialChar
highlight default link depotDelimiter Delimiter
highlight default link depotString String
highlight default link depotComment Comment
highlight default link depotDoc SpecialComment

let b:current_syntax = 'depot'
let &cpo = s:cpo
unlet s:cpo
