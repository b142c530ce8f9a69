using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Cli.Decrypting;
using Trama.Cli.PeerOptions;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;
using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Cli.Commands.Relaying;

/// <summary>The options that say how a relay shows what it passes on, and where it keeps that.</summary>
internal sealed class RecordingOptions
{
    private readonly Language _language;
    private readonly ReportOptions _report;
    private readonly Option<FramingRule?> _framing;
    private readonly Option<string> _pcapng;
    private readonly Option<bool> _diagnose, _quiet;
    private readonly KeysOption _keys;

    /// <summary>Adds the options to a command.</summary>
    public RecordingOptions(BilingualCommand command, Language language)
    {
        _language = language;
        _framing = FramingOption.OfBothSides(language);
        command.Add(_framing);
        _keys = new KeysOption(command, language);
        command.Group("Report", "Relatório");
        _report = new ReportOptions(command, language, FormCatalog.Lines);
        _diagnose = command.Flag(FormCatalog.Diagnosis.Option, FormCatalog.Diagnosis.English, FormCatalog.Diagnosis.Portuguese);
        _pcapng = command.Value("--pcapng", language.Pick("FILE", "ARQUIVO"), "Keep what was said as a synthetic capture",
            "Guarda o que foi dito como uma captura sintética");
        _quiet = command.Flag("--quiet", "Show no exchanges; what went wrong is still told",
            "Não mostra as trocas; o que deu errado ainda é contado");
        _quiet.Aliases.Add("-q");
    }

    /// <summary>The recording that a command line asks for; null when nothing is to be shown or kept.</summary>
    /// <param name="values">The command line.</param>
    /// <param name="decrypts">Whether what is kept came over TLS.</param>
    /// <exception cref="UserError">The options contradict each other.</exception>
    public RelayRecording? Open(OptionValues values, bool decrypts)
    {
        string? file = values.Of(_pcapng);
        if (decrypts && file is not null) SecretFiles.Protect(file, _language);
        Report? report = values.Has(_quiet) ? Quiet(values) : _report.Open(values, isLive: true, values.Has(_diagnose));
        if (report is null && file is null) return null;
        KeySources keys = _keys.Open(values, isLive: true);
        TracingOptions options = _report.Apply(report?.Needs ?? new TracingOptions(), values) with
        {
            Framing = values.Of(_framing) ?? FramingRule.Auto,
            IsSynthetic = true,
            Keys = keys.Keys,
        };
        return new RelayRecording(options, report, file, keys, _language);
    }

    private Report? Quiet(OptionValues values) => _report.AsksForAny(values) || values.Has(_diagnose)
        ? throw values.Wrong("--quiet goes with nothing that is shown", "--quiet não vai com nada que se mostre")
        : null;
}
