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

-- Shows a document of the standard library, which no file holds.
local function show_library(buffer, uri)
  for _, client in pairs(vim.lsp.get_active_clients()) do
    if client.name == "depotc" then
      local answer = client.request_sync("workspace/textDocumentContent", { uri = uri }, 5000, buffer)
      if answer and answer.result then
        vim.bo[buffer].modifiable = true
        vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(answer.result.text, "\n"))
      end
      break
    end
  end
  vim.bo[buffer].buftype = "nofile"
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].filetype = "depot"
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
