using System.CommandLine;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Browsing.Answers;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.View;

namespace Trama.Cli.Commands.Viewing;

/// <summary><c>trama view</c>: from the whole of a capture to its bytes, in the terminal.</summary>
internal sealed class ViewCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly InputOptions _input;
    private readonly Option<bool> _ascii;

    public ViewCommand(Language language) : base(
        language,
        "view",
        language.Pick("Look into a capture in the terminal, from the whole to the bytes; ? shows the keys",
            "Olha dentro de uma captura no terminal, do todo aos bytes; ? mostra as teclas"),
        ("trama view file.pcap", language.Pick("what was found, then services, connections, exchanges, ladder, messages, bytes",
            "o que se achou, depois serviços, conexões, trocas, escada, mensagens, bytes")),
        ("sudo trama view -i eth0 port 5432", language.Pick("live; space pauses, End follows",
            "ao vivo; espaço pausa, End segue")),
        ("ssh server sudo tcpdump -w - -U port 80 | trama view -", language.Pick("what is captured on another machine",
            "o que se captura em outra máquina")))
    {
        _language = language;
        _ascii = Flag("--ascii", "ASCII characters only", "Apenas caracteres ASCII");
        Group("Input", "Entrada");
        _input = new InputOptions(this, language);
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        TraceInput source = _input.Input(parse, values);
        using TypedBytes keyboard = Keyboard();
        TextOptions text = Terminal.Options(_language);
        using var input = new BrowsedInput(source, new TracingOptions { Framing = _input.Framing(values) }, _language);
        string? path = source.Files is [var only] && only != "-" ? only : null;
        var view = new CaptureView(input.Capture, new ViewOptions(NameOf(source), text with { Ascii = text.Ascii || values.Has(_ascii) })
        {
            Packets = input.Packets,
            Progress = () => input.Progress,
            IsLive = source.Files.Count == 0,
            Follows = () => input.Follows,
            HasGrown = () => input.Change == FileChange.Grown,
            File = path,
            BeforeWriting = BeforeWriting,
        });
        new ScreenSession(keyboard, $"trama view {NameOf(source)}").Run(
            view,
            stop => input.Run(stop: stop),
            // What is no capture at all is only told.
            () => !input.IsTruncated || input.Capture.Totals.Packets > 0);
        return input.IsTruncated ? ExitCode.Failed : ExitCode.Done;
    }

    // One line says what is missing, where a screen full of letters would be of no use.
    private TypedBytes Keyboard()
    {
        string instead = _language.Pick("trama diagnose and trama trace say the same in lines",
            "trama diagnose e trama trace dizem o mesmo em linhas");
        if (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
            throw new UserError(_language.Pick($"view needs a terminal; {instead}", $"o view precisa de um terminal; {instead}"));
        (int columns, int rows) = FullScreen.Size;
        if (columns is > 0 and < CaptureView.LeastColumns || rows is > 0 and < CaptureView.LeastRows)
        {
            string least = $"{CaptureView.LeastColumns}×{CaptureView.LeastRows}";
            throw new UserError(_language.Pick($"this terminal is {columns}×{rows}, and view needs {least}; {instead}",
                $"este terminal é de {columns}×{rows}, e o view precisa de {least}; {instead}"));
        }

        try
        {
            return new TypedBytes();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError(_language.Pick($"view needs a keyboard; {instead}", $"o view precisa de um teclado; {instead}"));
        }
    }

    // 0 where there is none any more.
    private string NameOf(TraceInput source) => source.Files switch
    {
        [] => source.Device ?? _language.Pick("live", "ao vivo"),
        ["-"] => _language.Pick("standard input", "entrada padrão"),
        [var file] => Path.GetFileName(file),
        [var first, ..] => $"{Path.GetFileName(first)} +{source.Files.Count - 1}",
    };

    private void BeforeWriting(string path)
    {
        try
        {
            OthersLinks.Refuse(path);
        }
        catch (CaptureException error)
        {
            throw new IOException(CaptureErrors.Describe(error, _language).Message);
        }
    }
}
