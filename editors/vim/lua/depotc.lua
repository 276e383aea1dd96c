-- depotc's language server in Neovim 0.7 or later: require("depotc").setup().
local M = {}

-- Where a project begins: at its project file, or at the repository.
local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  local found = vim.fn.findfile("depot.project", folder .. ";")
  if found ~= "" then
    return vim.fn.fnamemodify(found, ":p:h")
  end
  local git = vim.fn.finddir(".git", folder .. ";")
  return git ~= "" and vim.fn.fnamemodify(git, ":p:h:h") or folder
end

local clients = {}

-- What the server answers to a request, of the clients that `filter` takes the first; nil if there is none.
local function ask(filter, buffer, method, params)
  for _, client in pairs(vim.lsp.get_active_clients(filter)) do
    if client.name == "depotc" then
      return client.request_sync(method, params, 10000, buffer)
    end
  end
end

-- Replaces what a buffer holds that nobody may edit.
local function fill(buffer, lines)
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].modifiable = false
end

-- Shows a document of the standard library, which no file holds.
local function show_library(buffer, uri)
  local answer = ask(nil, buffer, "workspace/textDocumentContent", { uri = uri })
  fill(buffer, answer and answer.result and vim.split(answer.result.text, "\n") or {})
  vim.bo[buffer].buftype = "nofile"
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].filetype = "depot"
end

local languages = { json = "json", typescript = "typescript" }

-- The buffer called `name`, in a window; made beside this window if there is none.
local function preview_buffer(name, filetype)
  local shown = vim.fn.bufnr("^" .. vim.fn.escape(name, "[]*?") .. "$")
  if shown >= 0 and #vim.fn.win_findbuf(shown) > 0 then
    return shown
  end
  vim.cmd("vertical new")
  vim.cmd("silent file " .. vim.fn.fnameescape(name))
  shown = vim.api.nvim_get_current_buf()
  vim.bo[shown].buftype = "nofile"
  vim.bo[shown].bufhidden = "wipe"
  vim.bo[shown].swapfile = false
  vim.bo[shown].filetype = filetype
  vim.cmd("wincmd p")
  return shown
end

-- Shows what the program of a buffer becomes in a window beside it: "cfn", "cdk" or "graph", of one container or of all.
-- Shown already, it is made anew.
local function show_preview(arguments)
  local params = { command = "depotc.preview", arguments = arguments }
  local buffer = vim.uri_to_bufnr(arguments[1])
  local answer = ask({ bufnr = buffer }, buffer, "workspace/executeCommand", params)
  if not answer or answer.err then
    vim.notify(answer and answer.err.message or "depotc did not answer", vim.log.levels.ERROR)
    return
  end
  local files = vim.tbl_filter(function(file)
    return file.languageId ~= "svg"
  end, answer.result.files)
  local lines = {}
  for _, file in ipairs(files) do
    if arguments[2] == "cdk" then
      vim.list_extend(lines, { "// ---- " .. file.path, "" })
    end
    vim.list_extend(lines, vim.split(file.text, "\n"))
  end
  local filetype = files[1] and languages[files[1].languageId] or ""
  fill(preview_buffer("depot-preview://" .. answer.result.title, filetype), lines)
end

-- What lenses call.
vim.lsp.commands["depotc.preview"] = function(command)
  show_preview(command.arguments)
end

local function attach(options, buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == "" or name:match("^depot%-stdlib:") then
    return
  end
  local root = root_of(name)
  local client = clients[root]
  if not client or not vim.lsp.get_client_by_id(client) then
    client = vim.lsp.start_client({
      name = "depotc",
      cmd = options.cmd or { "depotc", "lsp" },
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      init_options = { depotc = { stage = options.stage } },
      capabilities = options.capabilities,
      on_attach = options.on_attach,
    })
    clients[root] = client
  end
  if client then
    vim.lsp.buf_attach_client(buffer, client)
  end
end

-- Starts the server for each .depot file. Options: `cmd` (default: { "depotc", "lsp" }), `stage`, `on_attach(client, buffer)`
-- and `capabilities`, as vim.lsp.start_client has them.
function M.setup(options)
  options = options or {}
  local group = vim.api.nvim_create_augroup("depotc", { clear = true })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = "depot",
    callback = function(event)
      attach(options, event.buf)
    end,
  })
  vim.api.nvim_create_user_command("DepotPreview", function(command)
    show_preview({ vim.uri_from_bufnr(0), command.args ~= "" and command.args or "cfn" })
  end, {
    nargs = "?",
    complete = function()
      return { "cfn", "cdk", "graph" }
    end,
  })
  vim.api.nvim_create_autocmd("BufReadCmd", {
    group = group,
    pattern = "depot-stdlib:///*",
    callback = function(event)
      show_library(event.buf, event.match)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == "depot" then
      attach(options, buffer)
    end
  end
end

return M
