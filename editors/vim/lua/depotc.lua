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

local languages = { json = "json", typescript = "typescript" }

-- Shows what the program of the buffer becomes in a window beside it: "cfn", "cdk" or "graph", of one container or of all.
-- Shown already, it is made anew.
local function show_preview(arguments)
  local buffer = vim.uri_to_bufnr(arguments[1])
  for _, client in pairs(vim.lsp.get_active_clients({ bufnr = buffer })) do
    if client.name == "depotc" then
      local params = { command = "depotc.preview", arguments = arguments }
      local answer = client.request_sync("workspace/executeCommand", params, 10000, buffer)
      if not answer or answer.err then
        vim.notify(answer and answer.err.message or "depotc did not answer", vim.log.levels.ERROR)
        return
      end
      local files = answer.result.files
      local lines = {}
      for _, file in ipairs(files) do
        if file.languageId ~= "svg" then
          if arguments[2] == "cdk" then
            vim.list_extend(lines, { "// ---- " .. file.path, "" })
          end
          vim.list_extend(lines, vim.split(file.text, "\n"))
        end
      end
      local name = "depot-preview://" .. answer.result.title
      local shown = vim.fn.bufnr("^" .. vim.fn.escape(name, "[]*?") .. "$")
      if shown < 0 or #vim.fn.win_findbuf(shown) == 0 then
        vim.cmd("vertical new")
        vim.cmd("silent file " .. vim.fn.fnameescape(name))
        shown = vim.api.nvim_get_current_buf()
        vim.bo[shown].buftype = "nofile"
        vim.bo[shown].bufhidden = "wipe"
        vim.bo[shown].swapfile = false
        vim.bo[shown].filetype = languages[files[1].languageId] or ""
        vim.cmd("wincmd p")
      end
      vim.bo[shown].modifiable = true
      vim.api.nvim_buf_set_lines(shown, 0, -1, false, lines)
      vim.bo[shown].modifiable = false
      return
    end
  end
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
