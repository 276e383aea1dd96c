[(block) (object) (list) (list_for) (object_for) (construct_block) (object_type) (rule) (import_names) (arguments) (parameters)] @indent
["}" "]" ")"] @outdent
