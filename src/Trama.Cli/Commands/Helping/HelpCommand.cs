using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.CommandLine.Help;
using Trama.Cli.ThisProcess;
using Trama.Reports;

namespace Trama.Cli.Commands.Helping;

/// <summary><c>trama help</c>: the help of a command, or of all.</summary>
internal sealed class HelpCommand : BilingualCommand
{
    public HelpCommand(Language language, Func<HelpPrinter> printer) : base(
        language,
        "help",
        language.Pick("Help on a command", "Ajuda sobre um comando"),
        ("trama help trace", language.Pick("all that trama trace can do", "tudo o que o trama trace sabe fazer")))
    {
        var name = new Argument<string?>("command")
        {
            HelpName = language.Pick("COMMAND", "COMANDO"),
            Description = language.Pick("The command; without it, what trama can do", "O comando; sem ele, o que o trama sabe fazer"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> man = Flag("--man", "As a manual page, for man(1)", "Como página de manual, para o man(1)");
        man.Hidden = true;
        Add(name);
        SetAction(parse =>
        {
            Command root = parse.RootCommandResult.Command;
            Command command = parse.GetValue(name) is { } asked ? Find(root, asked, language) : root;
            if (parse.GetValue(man)) new ManualPage(language).Write(command, Console.Out);
            else printer().Print(command, Console.Out);
            return ExitCode.Done;
        });
    }

    private static Command Find(Command root, string name, Language language) =>
        root.Subcommands.FirstOrDefault(command => command.Name == name) ?? throw new UserError(
            language.Pick($"there is no command '{name}'", $"não há comando '{name}'")
                + Suggestions.For(name, root.Subcommands.Select(command => command.Name), language),
            ExitCode.Usage);
}
