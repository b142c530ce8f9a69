using System.Text;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Dump;
using Trama.Dump.Protocols;
using Trama.Reports;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Demo;

/// <summary>The demo from beginning to end: run the programs, capture, and show what happened in four parts.</summary>
internal sealed class DemoStory(Language language, int wantedPort, string message)
{
    // After both programs have ended, the kernel has long sent their last packets; the capture needs a moment to take them over.
    private static readonly TimeSpan LastPackets = TimeSpan.FromMilliseconds(300);

    private readonly TextOptions _options = Terminal.Options(language);

    /// <summary>Runs the demo and gives the exit code.</summary>
    public async Task<int> RunAsync()
    {
        if (OwnNetwork.IsHere) OwnNetwork.Prepare();
        int port = LessonPrograms.FreePort(wantedPort, language);
        if (port != wantedPort)
        {
            Notice($"Port {wantedPort} is taken by another program, so the demo uses port {port}.",
                $"A porta {wantedPort} está em uso por outro programa; a demonstração usa a porta {port}.");
        }

        var programs = new LessonPrograms(language, port, message);
        LoopbackCapture capture;
        try
        {
            using Privileges.Raised rights = Privileges.Raise();
            capture = new LoopbackCapture(port);
        }
        catch (CaptureException error)
        {
            return await WithoutCaptureAsync(error, programs);
        }

        using (capture)
        {
            Privileges.Drop();
            await programs.RunAsync();
            await Task.Delay(LastPackets);
            Write(Told(programs, capture.Filter, capture.Stop()));
        }

        return ExitCode.Done;
    }

    private async Task<int> WithoutCaptureAsync(CaptureException error, LessonPrograms programs)
    {
        if (error.Failure == CaptureFailure.NotPermitted && !OwnNetwork.IsHere && await OwnNetwork.IsAllowedAsync())
        {
            Notice(
                "You may not capture on this machine's loopback, so the demo runs in a network of its own (unshare --user --net).",
                "Você não pode capturar no loopback desta máquina; a demonstração roda em uma rede só dela (unshare --user --net).");
            return await OwnNetwork.RunAsync("demo", "--port", $"{wantedPort}", "--message", message, "--lang", language.Pick("en", "pt"));
        }

        await programs.RunAsync();
        var text = new Paragraphs(_options);
        AppendPrograms(text, programs);
        Write(text.ToString());
        Console.Error.WriteLine();
        throw error.Failure == CaptureFailure.NotPermitted
            ? new UserError(language.Pick(
                $"the packets are missing, since you may not capture: use sudo, or once: {CaptureErrors.Grant}",
                $"faltam os pacotes, pois você não pode capturar: use sudo ou, uma única vez: {CaptureErrors.Grant}"))
            : CaptureErrors.Describe(error, language);
    }

    private string Told(LessonPrograms programs, string filter, IReadOnlyList<KeptRecord> records)
    {
        var text = new Paragraphs(_options);
        AppendPrograms(text, programs);
        if (DemoTrace.Of(records) is not { } trace) throw new UserError(
            language.Pick("no packet was captured", "nenhum pacote foi capturado"));

        text.Heading(language.Pick("The packets, as tcpdump prints them", "Os pacotes, como o tcpdump os mostra"));
        text.Line($"$ trama dump -n -# -i lo '{filter}'", TextStyle.Dim);
        foreach (string line in Lines(records)) text.Wrapped(line, indent: 7);

        text.Heading(language.Pick("Which segments carried which message", "Que segmentos levaram cada mensagem"));
        text.Lines(TextLadder.Draw(ConnectionLadder.Of(trace.Connection), _options));

        text.Heading(language.Pick("How to read it", "Como ler isso"));
        foreach ((string word, string meaning) in new Explanation(trace, message, language).Points()) text.Point(word, meaning);
        return text.ToString();
    }

    private void AppendPrograms(Paragraphs text, LessonPrograms programs)
    {
        text.Heading(language.Pick("What the two programs printed", "O que os dois programas mostraram"));
        text.Line($"$ {programs.ServerLine}", TextStyle.Dim);
        text.Lines(programs.ServerOutput);
        text.Line("");
        text.Line($"$ {programs.ClientLine}", TextStyle.Dim);
        text.Lines(programs.ClientOutput);
    }

    private static string[] Lines(IReadOnlyList<KeptRecord> records)
    {
        var lines = new LineWriter();
        var printer = new PacketPrinter(new DumpOptions { NumericAddresses = true, NumericPorts = true, PacketNumbers = true }, lines,
            ProtocolPrinters.Create());
        foreach ((int index, KeptRecord record) in records.Index()) printer.Print(record.Record, index + 1);
        return Encoding.UTF8.GetString(lines.Written).TrimEnd('\n').Split('\n');
    }

    private void Notice(string english, string portuguese) => Console.Error.WriteLine(language.Pick(english, portuguese));

    private static void Write(string text)
    {
        using StandardOutputPipe output = StandardOutputPipe.Open();
        output.Write(Encoding.UTF8.GetBytes(text));
    }
}
