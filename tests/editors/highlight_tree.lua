-- Writes what tree-sitter's highlighter in Neovim takes each place for that $PLACES lists (file, line, character), to $GROUPS; of a
-- file with an error in its tree "(error)". $PARSER is the parser, a shared object.
vim.treesitter.require_language("depot", vim.env.PARSER)

local function read(name)
  local file = assert(io.open(name, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

-- The others are not asked here, but must be right.
for _, name in ipairs({ "folds", "locals", "tags", "helix/highlights", "helix/indents" }) do
  vim.treesitter.query.parse_query("depot", read(vim.env.EDITORS .. "/tree-sitter/queries/" .. name .. ".scm"))
end
local query = vim.treesitter.query.parse_query("depot", read(vim.env.EDITORS .. "/tree-sitter/queries/highlights.scm"))

-- The byte that each line begins with, from 0. Lone carriage returns end lines too.
local function line_starts(text)
  local starts, at = { text:sub(1, 3) == "\239\187\191" and 3 or 0 }, 1
  while true do
    local first, last = text:find("\r?[\n\r]", at)
    if not first then return starts end
    if text:sub(first, last) == "\r\r" then last = first end
    starts[#starts + 1], at = last, last + 1
  end
end

-- The capture of each byte.
local function captures(text)
  local root = vim.treesitter.get_string_parser(text, "depot"):parse()[1]:root()
  local found = {}
  if root:has_error() then return nil end
  for id, node in query:iter_captures(root, text, 0, -1) do
    local _, _, first = node:start()
    local _, _, last = node:end_()
    for byte = first, last - 1 do found[byte] = query.captures[id] end
  end
  return found
end

local groups, name, text, starts, known = {}, nil, nil, nil, nil
for line in io.lines(vim.env.PLACES) do
  local file, row, column = line:match("^(.*)\t(%d+)\t(%d+)$")
  if file ~= name then
    name, text = file, read(file)
    starts, known = line_starts(text), captures(text)
  end
  local byte = starts[tonumber(row)]
  for _ = 2, tonumber(column) do byte = byte + #text:match("^[^\128-\191]?[\128-\191]*", byte + 1) end
  groups[#groups + 1] = known and (known[byte] or "") or "(error)"
end
local out = assert(io.open(vim.env.GROUPS, "w"))
out:write(table.concat(groups, "\n"), "\n")
out:close()
vim.cmd("qall!")
