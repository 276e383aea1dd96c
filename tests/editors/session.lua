-- What a person does in Neovim, with its own client of the language server: open, read what is wrong, complete, hover, go to
-- a definition, rename, format, mend. Each line that is printed is compared by tests/editors/run.
vim.opt.runtimepath:prepend(vim.env.EDITORS .. "/vim")
vim.cmd("filetype plugin indent on | syntax on")
require("depotc").setup({ cmd = { vim.env.DEPOTC, "lsp" } })

local lines = {}
local function say(text)
  table.insert(lines, text)
end

local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then
    say("waited in vain for " .. what)
  end
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000)
  for _, answer in pairs(answers or {}) do
    return answer.result, answer.err
  end
end

-- Puts the cursor on the first place of `text`, and `offset` further.
local function go(text, offset)
  vim.fn.cursor(1, 1)
  vim.fn.search("\\V" .. text, "cW")
  vim.fn.cursor(vim.fn.line("."), vim.fn.col(".") + (offset or 0))
end

local function messages()
  local list = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(list, diagnostic.code and (diagnostic.lnum + 1) .. ":" .. diagnostic.code or diagnostic.message)
  end
  return table.concat(list, " ")
end

vim.cmd("edit orders.depot")
say("filetype " .. vim.bo.filetype)
wait("diagnostics", function()
  return #vim.diagnostic.get(0) > 0
end)
say("diagnostics " .. messages())

go("capacityMod")
local actions = ask("textDocument/codeAction", vim.tbl_extend("force", vim.lsp.util.make_range_params(), { context = { diagnostics = {} } }))
say("action " .. actions[1].title)
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
wait("no diagnostics", function()
  return #vim.diagnostic.get(0) == 0
end)
say("mended " .. vim.fn.getline(vim.fn.search("capacityMode", "cnw")))

go("ONDEMAND", 3)
local hover = ask("textDocument/hover", vim.lsp.util.make_position_params())
say("hover " .. hover.contents.value:match("[^\n]*\n([^\n]*)"))

go("capacityMode", 2)
local places = ask("textDocument/definition", vim.lsp.util.make_position_params())
vim.lsp.util.jump_to_location(places[1], "utf-16")
say("definition " .. vim.fn.bufname() .. " " .. vim.fn.getline("."))
say("modifiable " .. tostring(vim.bo.modifiable))
vim.cmd("buffer orders.depot")

go("capacityMode")
vim.cmd("normal! o    poi")
local items = ask("textDocument/completion", vim.lsp.util.make_position_params()).items
table.sort(items, function(one, other)
  return one.sortText < other.sortText
end)
local labels = {}
for _, item in ipairs(items) do
  table.insert(labels, item.label)
end
say("completion " .. table.concat(labels, " "))
vim.cmd("normal! dd")

vim.cmd("DepotPreview graph")
vim.cmd("wincmd w")
say("preview " .. vim.fn.bufname() .. " " .. vim.trim(vim.fn.getline(3)))
vim.cmd("wincmd p | only")

local lenses = ask("textDocument/codeLens", { textDocument = vim.lsp.util.make_text_document_params() })
vim.lsp.commands[lenses[2].command.command](lenses[2].command, {})
vim.cmd("wincmd w")
say("lens " .. lenses[1].command.title .. " " .. vim.bo.filetype .. " " .. vim.fn.getline(1))
vim.cmd("only | buffer orders.depot")

go("ranges")
local edit = ask("textDocument/rename", vim.tbl_extend("force", vim.lsp.util.make_position_params(), { newName = "offices" }))
vim.lsp.util.apply_workspace_edit(edit, "utf-16")
say("renamed " .. vim.fn.getline(1))

vim.cmd("normal! G")
vim.fn.append(vim.fn.line("$"), "let   unformatted=1")
local edits = ask("textDocument/formatting", vim.lsp.util.make_formatting_params())
vim.lsp.util.apply_text_edits(edits, 0, "utf-16")
say("formatted " .. vim.fn.getline("$"))

vim.fn.writefile(lines, vim.env.SAID)
vim.cmd("qall!")
