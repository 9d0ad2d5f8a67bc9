"""cli: `detente completion`, the script that teaches a shell the verbs and options."""

from __future__ import annotations

import click

SHELLS = {
    "bash": 'eval "$(detente completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(detente completion zsh)" in ~/.zshrc',
    "fish": "detente completion fish > ~/.config/fish/completions/detente.fish",
}


@click.command("completion", short_help="Shell completion for bash, zsh or fish.")
@click.argument("shell", type=click.Choice(list(SHELLS)), metavar="SHELL")
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Shell completion for bash, zsh or fish.

    \b
    bash:  eval "$(detente completion bash)"    in ~/.bashrc
    zsh:   eval "$(detente completion zsh)"     in ~/.zshrc
    fish:  detente completion fish > ~/.config/fish/completions/detente.fish
    \b
    Example:  detente completion bash > detente-completion.bash
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    root = ctx.find_root().command
    click.echo(kind(root, {}, "detente", "_DETENTE_COMPLETE").source())
