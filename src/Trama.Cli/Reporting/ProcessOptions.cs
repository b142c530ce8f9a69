using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Reports;

namespace Trama.Cli.Reporting;

/// <summary>
/// The options that choose connections by the processes at their ends, the same in every command that shows connections.
/// </summary>
internal sealed class ProcessOptions
{
    private const string ContainerName = "--container";

    private readonly Option<string> _process, _user;
    private readonly Option<string>? _container;

    /// <summary>Adds the options to a command; one that has its own <c>--container</c> keeps it, and does not choose by this one.</summary>
    public ProcessOptions(BilingualCommand command, Language language)
    {
        _process = command.Value(
            "--process", language.Pick("NAME|PID", "NOME|PID"), "Only connections of this program or process",
            "Apenas conexões deste programa ou processo");
        _user = command.Value(
            "--user", language.Pick("USER", "USUÁRIO"), "Only connections of this user's programs",
            "Apenas conexões dos programas deste usuário");
        if (command.Options.Any(option => option.Name == ContainerName)) return;
        _container = command.Value(
            ContainerName,
            "ID",
            "Only connections of this container: how its identifier begins, the uid of its pod, or a runtime such as docker",
            "Apenas conexões deste contêiner: o início do identificador, o uid do pod, ou um runtime como docker");
    }

    /// <summary>What a command line asks for; null when it asks for nothing of it.</summary>
    public ProcessChoice? Choice(OptionValues values)
    {
        string? container = _container is null ? null : values.Of(_container);
        var choice = new ProcessChoice { Process = values.Of(_process), User = values.Of(_user), Container = container };
        return choice == new ProcessChoice() ? null : choice;
    }
}
