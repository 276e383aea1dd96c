[(block) (object) (list) (construct_block) (object_type) (rule) (import_names) (block_comment)] @fold
