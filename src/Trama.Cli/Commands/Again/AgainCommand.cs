using System.CommandLine;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Demo;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Lab.Reenacting;
using Trama.Namespaces;
using Trama.Replay.Again;
using Trama.Reports;

namespace Trama.Cli.Commands.Again;

/// <summary><c>trama again</c>: builds what a capture shows of a connection, lets it happen again, and compares.</summary>
internal sealed class AgainCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly Argument<string> _file;
    private readonly Option<long?> _connection;
    private readonly Option<string[]> _with;
    private readonly Option<string> _save;

    public AgainCommand(Language language) : base(
        language,
        "again",
        language.Pick("Have a captured connection happen again between two hosts made for it, as it was or with something changed",
            "Faz uma conexão capturada acontecer de novo entre dois hosts criados para isso, como foi ou com algo mudado"),
        ("trama again file.pcap", language.Pick("is what the capture shows enough to bring the trouble back?",
            "o que a captura mostra basta para trazer o problema de volta?")),
        ("trama again file.pcap --with loss=0", language.Pick("how long would it have taken without the losses?",
            "quanto teria demorado sem as perdas?")),
        ("trama again file.pcap --connection 3 --with cure", language.Pick("with what cures the finding, where path, window or pace do",
            "com o que cura o achado, onde caminho, janela ou ritmo curam")))
    {
        _language = language;
        _file = new Argument<string>("file")
        {
            HelpName = language.Pick("FILE", "ARQUIVO"),
            Description = language.Pick("A capture file", "Um arquivo de captura"),
        };
        Add(_file);
        _connection = Number("--connection", "N", 1, long.MaxValue, "This connection (default: the first)",
            "Esta conexão (padrão: a primeira)");
        _with = new Option<string[]>("--with")
        {
            HelpName = language.Pick("CHANGE", "MUDANÇA"),
            Description = language.Pick("What is otherwise: loss=0, loss=2%, rtt=5ms, window=1MiB, nodelay, cure; several are allowed",
                "O que é diferente: loss=0, loss=2%, rtt=5ms, window=1MiB, nodelay, cure; podem ser vários"),
        };
        Add(_with);
        _save = Value("--save", "FOLDER", "Keep the captures that were made", "Guarda as capturas que foram feitas");
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellation)
    {
        var values = new OptionValues(parse, _language);
        string file = parse.GetValue(_file)!;
        long number = values.Of(_connection) ?? 1;
        string[] changes = parse.GetValue(_with) ?? [];
        SeenCapture captured = Read(file, number);
        if (captured.Seen is not { Segments.Count: > 0 } seen) throw MissingConnection.Error(number, captured.Connections, _language);
        if (captured.IsCut) throw new UserError(_language.Pick(
            $"connection {number} is too long to be had again: more than {SeenCapture.MaxSegments} segments",
            $"a conexão {number} é longa demais para acontecer de novo: mais de {SeenCapture.MaxSegments} segmentos"));
        var path = PathGuess.Of(seen);
        Scene scene = new ChangeArguments(values, _language).Apply(SceneReader.Read(seen), changes, captured);
        string folder = values.Of(_save) ?? Directory.CreateTempSubdirectory("trama-").FullName;
        try
        {
            Console.Error.WriteLine(_language.Pick(
                $"two hosts and a path between them are made, and the conversation happens again: {scene.LengthNs / 1e9:F1} s",
                $"dois hosts e um caminho entre eles são criados, e a conversa acontece de novo: {scene.LengthNs / 1e9:F1} s"));
            await Task.Run(() => Reenact(scene, folder), cancellation);
            Privileges.Drop();
            SeenCapture again = Read(Path.Combine(folder, path.IsAtClient ? "client.pcap" : "server.pcap"), scene.Number);
            new AgainReport(_language).Write(captured, again, scene, path, changes.Length > 0);
            return ExitCode.Done;
        }
        catch (NamespaceException error)
        {
            if (error.Failure == NamespaceFailure.NotPermitted && !OwnNetwork.IsHere && await OwnNetwork.IsAllowedAsync())
            {
                string[] save = values.Of(_save) is { } kept ? ["--save", kept] : [];
                return await OwnNetwork.RunAsync(["again", file, "--connection", $"{number}",
                    .. changes.SelectMany(change => (string[])["--with", change]), .. save, "--lang", _language.Pick("en", "pt")]);
            }

            throw new UserError(_language.Pick(
                $"two hosts cannot be made on this machine, which takes network namespaces and /dev/net/tun: {error.Message}",
                $"não é possível criar dois hosts nesta máquina, o que exige namespaces de rede e /dev/net/tun: {error.Message}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError(error.Message);
        }
        finally
        {
            if (!values.Has(_save)) Directory.Delete(folder, recursive: true);
        }
    }

    private static SeenCapture Read(string path, long number)
    {
        using CaptureFile file = CaptureFiles.Open(path);
        return SeenCapture.Read(file, number);
    }

    private static void Reenact(Scene scene, string folder)
    {
        using Privileges.Raised rights = Privileges.Raise();
        Reenactment.Run(scene, folder);
    }
}
