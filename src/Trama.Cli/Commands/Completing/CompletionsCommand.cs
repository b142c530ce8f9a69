using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Commands.Completing;

/// <summary><c>trama completions</c>: what a shell needs to complete the command line.</summary>
internal sealed class CompletionsCommand : BilingualCommand
{
    public CompletionsCommand(Language language) : base(
        language,
        "completions",
        language.Pick("What a shell needs to complete trama's command lines", "O que um shell precisa para completar as linhas "
            + "de comando do trama"),
        ("source <(trama completions bash)", language.Pick("in ~/.bashrc", "no ~/.bashrc")),
        ("trama completions zsh > ~/.zfunc/_trama", language.Pick("into a folder of $fpath", "em uma pasta de $fpath")),
        ("trama completions fish > ~/.config/fish/completions/trama.fish", language.Pick("for fish", "para o fish")))
    {
        var shell = new Argument<string>("shell") { HelpName = "bash|zsh|fish", Description = language.Pick("The shell", "O shell") };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Add(shell);
        SetAction(parse =>
        {
            var completions = new CompletionScript(parse.RootCommandResult.Command, language);
            Console.Out.Write(parse.GetValue(shell) switch
            {
                "bash" => completions.Bash(),
                "zsh" => completions.Zsh(),
                _ => completions.Fish(),
            });
            return ExitCode.Done;
        });
    }
}
