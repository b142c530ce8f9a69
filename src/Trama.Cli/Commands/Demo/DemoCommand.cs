using System.CommandLine;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Lab;
using Trama.Reports;
using Trama.Reports.Findings;

namespace Trama.Cli.Commands.Demo;

/// <summary><c>trama demo</c>: a server, a client and a capture, together, explained.</summary>
internal sealed class DemoCommand : BilingualCommand
{
    private const string List = "list";

    public DemoCommand(Language language) : base(
        language,
        "demo",
        language.Pick("A server, a client and a capture, together, explained",
            "Um servidor, um cliente e uma captura, juntos e explicados"),
        ("trama demo", language.Pick("the lesson, with every packet of it", "a aula, com todos os seus pacotes")),
        ("trama demo --message Bonjour", language.Pick("with words of your own", "com as suas palavras")),
        ("trama demo --fault packet-loss", language.Pick("a fault, live between two hosts inside this machine",
            "uma falha, ao vivo entre dois hosts dentro desta máquina")))
    {
        Option<int> port = QuantityOptions.Number(language, "--port", 1, 65535, 5000, language.Pick(
            "The server's port; the next free one when it is taken (default 5000)",
            "A porta do servidor; a próxima livre quando ela está em uso (padrão 5000)"));
        var message = new Option<string>("--message")
        {
            Description = language.Pick("What the client sends", "O que o cliente envia"),
            HelpName = language.Pick("TEXT", "TEXTO"),
            DefaultValueFactory = _ => "Olá, servidor!",
        };
        message.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }]) result.AddError(
                language.Pick("--message: an empty message is none", "--message: uma mensagem vazia não é mensagem"));
        });
        var fault = new Option<string?>("--fault")
        {
            Description = language.Pick("Show this fault instead: how it comes about and what tells it; list for their names",
                "Mostra esta falha: como acontece e o que a denuncia; list para os nomes"),
            HelpName = "ID|list",
        };
        fault.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && name != List && !Demonstration.Faults.Contains(name))
                result.AddError(language.Pick($"--fault: there is no demo of '{name}'; there are: {Names}",
                    $"--fault: não há demonstração de '{name}'; há: {Names}"));
        });
        var save = new Option<string?>("--save")
        {
            Description = language.Pick("With --fault: keep client.pcap, server.pcap and truth.json in this folder",
                "Com --fault: guarda client.pcap, server.pcap e truth.json nesta pasta"),
            HelpName = language.Pick("DIR", "PASTA"),
        };
        Add(port);
        Add(message);
        Add(fault);
        Add(save);
        Validators.Add(result =>
        {
            if (result.GetResult(save) is not null && result.GetResult(fault) is null) result.AddError(
                language.Pick("--save goes with --fault", "--save vai com --fault"));
        });
        SetAction((parse, _) => parse.GetValue(fault) switch
        {
            null => new DemoStory(language, parse.GetValue(port), parse.GetValue(message)!).RunAsync(),
            List => Task.FromResult(PrintList(language)),
            { } name => new FaultStory(language, name, parse.GetValue(save)).RunAsync(),
        });
    }

    private static string Names => string.Join(", ", Demonstration.Faults);

    private static int PrintList(Language language)
    {
        using StandardOutputPipe output = StandardOutputPipe.Open();
        int column = Demonstration.Faults.Max(name => name.Length) + 2;
        foreach (string name in Demonstration.Faults) output.Write(
            Encoding.UTF8.GetBytes($"{name.PadRight(column)}{FindingLesson.Of(name).Arranged(language)}\n"));
        return ExitCode.Done;
    }
}
