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
    private readonly Argument<string[]> _files;
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
            "com o que cura o achado, onde caminho, janela ou ritmo curam")),
        ("trama again client.pcap server.pcap", language.Pick("captured at both hosts: what the path did is known, not guessed",
            "capturada nos dois hosts: o que o caminho fez é sabido, não suposto")))
    {
        _language = language;
        _files = new Argument<string[]>("file")
        {
            HelpName = language.Pick("FILE", "ARQUIVO"),
            Description = language.Pick("A capture file, or two: of the client's host and of the server's",
                "Um arquivo de captura, ou dois: do host do cliente e do host do servidor"),
            Arity = new ArgumentArity(1, 2),
        };
        Add(_files);
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
        string[] files = parse.GetValue(_files)!;
        long number = values.Of(_connection) ?? 1;
        string[] changes = parse.GetValue(_with) ?? [];
        SeenCapture captured = ReadWhole(files[0], number);
        SeenCapture? other = files.Length > 1 ? ReadOther(files, captured.Seen!) : null;
        // Whichever was named first.
        if (other is not null && PathGuess.Of(captured.Seen!).ToClientNs > PathGuess.Of(other.Seen!).ToClientNs)
            (captured, other) = (other, captured);
        SeenConnection seen = captured.Seen!;
        var path = PathGuess.Of(seen);
        Scene scene = new ChangeArguments(values, _language).Apply(
            other is null ? SceneReader.Read(seen) : SceneReader.Read(seen, other.Seen!), changes, captured);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var signals = new StopSignals(stop);
        string folder = values.Of(_save) ?? Directory.CreateTempSubdirectory("trama-").FullName;
        try
        {
            // Here, and not where it is filled: what is taken away does not come back.
            Directory.CreateDirectory(folder);
            Console.Error.WriteLine(_language.Pick(
                $"two hosts and a path between them are made, and the conversation happens again: {scene.LengthNs / 1e9:F1} s",
                $"dois hosts e um caminho entre eles são criados, e a conversa acontece de novo: {scene.LengthNs / 1e9:F1} s"));
            await Task.Run(() => Reenact(scene, folder), stop.Token).WaitAsync(stop.Token);
            Privileges.Drop();
            bool isAtClient = other is not null || path.IsAtClient;
            SeenCapture again = Read(Path.Combine(folder, isAtClient ? "client.pcap" : "server.pcap"), scene.Number);
            var report = new AgainReport(_language);
            report.Write(scene, other is null ? path : null);
            report.Write(captured, again, changes.Length > 0);
            if (other is not null) report.WriteServer(other, Read(Path.Combine(folder, "server.pcap"), scene.Number), changes.Length > 0);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
        catch (NamespaceException error)
        {
            if (error.Failure == NamespaceFailure.NotPermitted && !OwnNetwork.IsHere && await OwnNetwork.IsAllowedAsync())
            {
                string[] save = values.Of(_save) is { } kept ? ["--save", kept] : [];
                return await OwnNetwork.RunAsync(["again", .. files, "--connection", $"{number}",
                    .. changes.SelectMany(change => (string[])["--with", change]), .. save, "--lang", _language.Pick("en", "pt")]);
            }

            throw new UserError(_language.Pick(
                $"two hosts cannot be made on this machine, which takes network namespaces and /dev/net/tun: {error.Message}",
                $"não é possível criar dois hosts nesta máquina, o que exige namespaces de rede e /dev/net/tun: {error.Message}"));
        }
        catch (Exception error) when (error is (IOException and not StandardOutputException) or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(folder, error);
        }
        finally
        {
            if (!values.Has(_save)) Directory.Delete(folder, recursive: true);
        }
    }

    private SeenCapture ReadWhole(string file, long number)
    {
        SeenCapture captured = Read(file, number);
        if (captured.Seen is not { Segments.Count: > 0 }) throw MissingConnection.Error(number, captured.Connections, _language);
        if (captured.IsCut) throw new UserError(_language.Pick(
            $"connection {number} is too long to be had again: more than {SeenCapture.MaxSegments} segments, "
                + $"or {SeenCapture.MaxBytes >> 20} MiB one way",
            $"a conexão {number} é longa demais para acontecer de novo: mais de {SeenCapture.MaxSegments} segmentos, "
                + $"ou {SeenCapture.MaxBytes >> 20} MiB num sentido"));
        return captured;
    }

    private SeenCapture ReadOther(string[] files, SeenConnection seen)
    {
        long? number;
        using (CaptureFile file = CaptureFiles.Open(files[1])) number = SeenCapture.Find(file, seen.Connection);
        return number is { } found ? ReadWhole(files[1], found) : throw new UserError(_language.Pick(
            $"{files[1]} does not have connection {seen.Connection.Id} of {files[0]}",
            $"{files[1]} não tem a conexão {seen.Connection.Id} de {files[0]}"));
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
