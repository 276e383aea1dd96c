(resource name: (identifier) @name) @definition.class
(use name: (identifier) @name) @definition.class
(module name: (identifier) @name) @definition.module
(fn name: (identifier) @name) @definition.function
(let name: (identifier) @name) @definition.constant
(param name: (identifier) @name) @definition.constant
(output name: (identifier) @name) @definition.constant
(typedef name: (type_name) @name) @definition.type
(construct name: (type_name) @name) @definition.interface
(schema name: (type_name) @name) @definition.type
(call function: (name (identifier) @name)) @reference.call
