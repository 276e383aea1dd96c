"""A rule of Bazel that builds templates and CDK projects from programs in .depot files."""

def _depot_compile_impl(ctx):
    folder = ctx.actions.declare_directory(ctx.label.name)
    arguments = ctx.actions.args()
    arguments.add("build")
    arguments.add_all(ctx.files.programs)
    if ctx.file.project:
        arguments.add("--project", ctx.file.project)
    else:
        arguments.add("--no-project")
    for target in ctx.attr.targets:
        arguments.add("--target", target)
    arguments.add("-o", folder.path)
    # Bazel knows what has changed, and gives an action no folder to remember it in.
    arguments.add("--no-cache")
    arguments.add_all(ctx.attr.arguments)
    inputs = ctx.files.programs + ctx.files.srcs
    if ctx.file.project:
        inputs = inputs + [ctx.file.project]
    ctx.actions.run(
        executable = ctx.executable.depotc or "depotc",
        arguments = [arguments],
        inputs = inputs,
        outputs = [folder],
        mnemonic = "DepotCompile",
        progress_message = "Compiling %s" % ctx.label,
        use_default_shell_env = True,
    )
    return [DefaultInfo(files = depset([folder]))]

depot_compile = rule(
    implementation = _depot_compile_impl,
    doc = "Runs `depotc build`. What it writes is a folder with the name of the rule.",
    attrs = {
        "programs": attr.label_list(
            allow_files = [".depot"],
            doc = "What is compiled. Without it, all of `project`.",
        ),
        "srcs": attr.label_list(
            allow_files = True,
            doc = "All else that is read: imports, schemas, files with values of parameters, policies.",
        ),
        "project": attr.label(
            allow_single_file = [".project"],
            doc = "The project file. Without it, none is looked for.",
        ),
        "targets": attr.string_list(
            doc = "`cfn`, `cdk`, or both. Without it, what the project says, or `cfn`.",
        ),
        "arguments": attr.string_list(
            doc = "Further options of `depotc build`.",
        ),
        "depotc": attr.label(
            allow_single_file = True,
            cfg = "exec",
            executable = True,
            doc = "The program, so that every build takes the same. Without it, the one in PATH.",
        ),
    },
)
