[(file) (block) (construct_block) (fn) (module) (list_for) (object_for) (rule)] @scope

(let name: (identifier) @definition.constant)
(param name: (identifier) @definition.parameter)
(parameters (property_declaration name: (identifier) @definition.parameter))
(fn name: (identifier) @definition.function)
(module name: (identifier) @definition.type)
(typedef name: (type_name) @definition.type)
(resource name: (identifier) @definition.var)
(use name: (identifier) @definition.var)
(import name: (identifier) @definition.import)
(import_name name: (identifier) @definition.import)
(for variable: (identifier) @definition.var)
(list_for variable: (identifier) @definition.var)
(object_for variable: (identifier) @definition.var)

(name (identifier) @reference)
