;;; depot-mode.el --- Major mode for .depot files  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages

;;; Commentary:

;; Highlighting and indentation of .depot files, and depotc's language server for eglot:
;;
;;   (require 'depot-mode)
;;   (add-hook 'depot-mode-hook #'eglot-ensure)

;;; Code:

(require 'cl-lib)

(defgroup depot nil
  "Programs that declare Depot environments."
  :group 'languages)

(defcustom depot-indent-offset 2
  "Columns of one step of indentation."
  :type 'integer
  :safe #'integerp)

(defcustom depot-program "depotc"
  "The compiler, which is the language server too."
  :type 'string)

;; Begin of what editors/generate.mjs writes.
(defconst depot-keywords
  '("as" "at" "attribute" "construct" "deploy" "else" "existing" "expect" "extend" "false" "fn" "for" "from" "if"
    "import" "in" "is" "let" "module" "output" "param" "require" "rule" "schema" "test" "true" "type" "use" "when"))
(defconst depot-functions
  '("all" "any" "bool" "camel" "cidr" "contains" "endsWith" "entries" "file" "flatten" "importValue" "int" "join"
    "json" "kebab" "keys" "length" "lower" "max" "merge" "min" "number" "pascal" "range" "replace" "secret"
    "sha256" "snake" "sort" "split" "ssm" "startsWith" "string" "sum" "trim" "unique" "upper" "upperSnake" "values"
    "zip"))
(defconst depot-types
  '("API" "Aurora" "Cognito" "Composite" "Default" "DynamoDB" "ElasticSearch" "Glue" "IAM" "Iceberg" "Lambda"
    "LambdaData" "LongRunning" "S3Tables" "Snowflake" "WebSocket"))
(defconst depot-members
  '("API" "COPY_ON_WRITE" "CREATE" "CSV" "DELETE" "DEPLOYMENT" "DESTROY" "DISCARD" "EXPORT" "EXTERNAL" "IMMEDIATE"
    "INSERT_IGNORE" "JSON" "JSONL" "LARGE" "MANAGED" "MEDIUM" "MERGE" "MERGE_ON_READ" "ONDEMAND" "PARQUET" "PATCH"
    "PROVISIONED" "REFRESH" "REPLICATION" "RETAIN" "ROLLUP" "SMALL" "SNAPSHOT" "TRANSACTION" "UPDATE" "UPSERT"))
(defconst depot-plain
  '("any" "bool" "int" "number" "secret" "string"))
;; End of what editors/generate.mjs writes.

(defvar depot-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23n" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\' "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry ?$ "." table)
    table)
  "Syntax table of `depot-mode'.")

(defun depot--words (words)
  "A regular expression for WORDS."
  (regexp-opt words 'words))

(defconst depot-font-lock-keywords
  `(("@[A-Za-z][A-Za-z0-9_]*" . font-lock-preprocessor-face)
    (,(depot--words '("true" "false")) . font-lock-constant-face)
    ("\\_<\\([A-Za-z_][A-Za-z0-9_]*\\)\\s-*\\??\\s-*:" 1 font-lock-variable-name-face)
    (,(concat ":\\s-*" (depot--words (append depot-types depot-plain))) 1 font-lock-type-face)
    (,(concat (depot--words depot-functions) "\\s-*(") 1 font-lock-function-name-face)
    (,(concat (depot--words depot-keywords) "\\(?:[^(:.,}A-Za-z0-9_]\\|$\\)") 1 font-lock-keyword-face)
    ("\\(?:^\\|[{;,]\\)\\s-*\\(?:existing\\s-+\\)?\\([a-z][A-Za-z0-9_]*\\)\\s-+\\(?:/\\*.*?\\*/\\s-*\\)?[A-Za-z_]"
     1 font-lock-type-face)
    (,(depot--words depot-members) . font-lock-constant-face))
  "What `depot-mode' highlights.
A name before a colon is a property, whatever word it is.")

(defun depot--depth ()
  "How many lines before this one leave brackets open that it does not close."
  (save-excursion
    (back-to-indentation)
    (let ((open (reverse (nth 9 (syntax-ppss))))
          (lines nil))
      (while (and open (looking-at "[])}]"))
        (pop open)
        (forward-char))
      (dolist (place open)
        (cl-pushnew (line-number-at-pos place) lines))
      (length lines))))

(defun depot-indent-line ()
  "Indent the line by the brackets that are open before it."
  (interactive)
  (let ((from-end (- (point-max) (point))))
    (unless (nth 3 (save-excursion (syntax-ppss (line-beginning-position))))
      (indent-line-to (* depot-indent-offset (depot--depth))))
    (when (> (- (point-max) from-end) (point))
      (goto-char (- (point-max) from-end)))))

(defun depot-format-buffer ()
  "Format the buffer with depotc."
  (interactive)
  (let ((result (generate-new-buffer " *depotc fmt*")))
    (unwind-protect
        (if (zerop (call-process-region nil nil depot-program nil (list result nil) nil "fmt" "-"))
            (replace-buffer-contents result)
          (user-error "The buffer has mistakes"))
      (kill-buffer result))))

;;;###autoload
(define-derived-mode depot-mode prog-mode "Depot"
  "Major mode for programs that declare Depot environments."
  (setq-local comment-start "// ")
  (setq-local comment-start-skip "//+\\s-*")
  (setq-local font-lock-defaults '(depot-font-lock-keywords))
  (setq-local indent-line-function #'depot-indent-line)
  (setq-local indent-tabs-mode nil)
  (setq-local electric-indent-chars (append "])}" electric-indent-chars)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\(?:\\.depot\\|/depot\\.project\\)\\'" . depot-mode))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               `(depot-mode . ,(lambda (&rest _) (list depot-program "lsp")))))

(provide 'depot-mode)
;;; depot-mode.el ends here
