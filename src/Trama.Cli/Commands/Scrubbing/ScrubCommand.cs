using System.CommandLine;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.CommandLine;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;
using Trama.Scrubbing;
using Trama.Scrubbing.Mapping;

namespace Trama.Cli.Commands.Scrubbing;

/// <summary><c>trama scrub</c>: a capture without what nobody else should read, with the same exchanges and verdict.</summary>
internal sealed class ScrubCommand : BilingualCommand
{
    private readonly Language _language;
    private readonly Argument<string> _from, _to;
    private readonly Option<long?> _seed;

    public ScrubCommand(Language language) : base(
        language,
        "scrub",
        language.Pick("A capture that can be shown to others: no addresses, names or words, the same exchanges, times and verdict",
            "Uma captura que pode ser mostrada: sem endereços, nomes nem palavras, com as mesmas trocas, tempos e veredito"),
        ("trama scrub file.pcap shared.pcap", language.Pick("what to attach to a report", "o que anexar a um relatório")),
        ("trama scrub file.pcapng shared.pcapng && trama diagnose shared.pcapng",
            language.Pick("the same verdict as before", "o mesmo veredito de antes")))
    {
        _language = language;
        _from = new Argument<string>("from")
        {
            HelpName = language.Pick("FILE", "ARQUIVO"),
            Description = language.Pick("The capture file", "O arquivo de captura"),
        };
        _to = new Argument<string>("to")
        {
            HelpName = language.Pick("OUT", "SAÍDA"),
            Description = language.Pick("The file to write; pcapng when its name ends so",
                "O arquivo a escrever; pcapng se o nome acaba assim"),
        };
        Add(_from);
        Add(_to);
        _seed = Number("--seed", "N", 0, long.MaxValue,
            "The same stand-ins in every run; whoever knows N can find out what they stand for: for tests alone",
            "Os mesmos substitutos a cada execução; quem sabe N descobre o que representam: só para testes");
        SetAction(Run);
    }

    private int Run(ParseResult parse)
    {
        var values = new OptionValues(parse, _language);
        string from = parse.GetValue(_from)!, to = parse.GetValue(_to)!;
        if (from == "-" || to == "-" || !CaptureFiles.CanBeReadAgain(from) && File.Exists(from)) throw values.Wrong(
            "scrub reads its capture several times and compares what it wrote: name two files, no pipe",
            "o scrub lê a captura várias vezes e compara o que escreveu: informe dois arquivos, não um pipe");
        if (Path.GetFullPath(from) == Path.GetFullPath(to)) throw values.Wrong("the capture would be overwritten: name another file",
            "a captura seria sobrescrita: informe outro arquivo");
        using (CaptureFiles.Open(from))
        {
            // With the rights that it takes; those of root are gone afterwards.
        }

        ScrubKey key = values.Of(_seed) is { } seed ? ScrubKey.OfSeed((ulong)seed) : ScrubKey.New();
        bool isPcapng = to.EndsWith(".pcapng", StringComparison.OrdinalIgnoreCase);
        try
        {
            using var written = new WholeFile(to, _language);
            ScrubOutcome outcome = new Scrubber(key).Scrub(from, written.Part, isPcapng, $"trama {ThisProgram.Version}");
            ThrowIfRefused(outcome, from);
            UserError? cut = outcome.End is { IsComplete: false } end
                ? CaptureErrors.Describe(from, end, outcome.Packets, _language) : null;
            if (cut is not null && outcome.Packets == 0) throw cut;
            written.Keep();
            Tell(outcome, to);
            if (cut is not null) throw cut;
            return ExitCode.Done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureErrors.Describe(CaptureException.FromFileError(to, error), _language);
        }
    }

    private void ThrowIfRefused(ScrubOutcome outcome, string from)
    {
        if (outcome.HasSeveralLinkTypes) throw new UserError(_language.Pick(
            "the capture has several link types, which a pcap file cannot hold: let the name end in .pcapng",
            "a captura tem vários tipos de enlace, que um arquivo pcap não comporta: faça o nome terminar em .pcapng"));
        if (outcome.IsTooLarge) throw new UserError(_language.Pick(
            $"{VisibleText.Of(from)}: more than {Scrubber.MaxStreamBytes >> 31} GiB was said; take a part: "
                + "trama dump -r FILE -w PART FILTER",
            $"{VisibleText.Of(from)}: foi dito mais de {Scrubber.MaxStreamBytes >> 31} GiB; use uma parte: "
                + "trama dump -r ARQUIVO -w PARTE FILTRO"));
        if (outcome.Difference is { } difference) throw new UserError(_language.Pick(
            $"nothing was written: {DifferenceWords.Of(difference, _language)} would differ from the original",
            $"nada foi escrito: {DifferenceWords.Of(difference, _language)} ficaria diferente do original"));
    }

    private void Tell(ScrubOutcome outcome, string to)
    {
        TextWriter told = Console.Error;
        told.WriteLine(_language.Pick(
            $"{VisibleText.Of(to)}: {outcome.Packets} packets, {outcome.Connections} connections, {outcome.Exchanges} exchanges; "
                + "times, sizes, outcomes and the verdict are the original's",
            $"{VisibleText.Of(to)}: {outcome.Packets} pacotes, {outcome.Connections} conexões, {outcome.Exchanges} trocas; "
                + "tempos, tamanhos, desfechos e o veredito são os do original"));
        told.WriteLine(_language.Pick(
            "what remains: sizes, times, ports, flags, which addresses share a prefix, words of protocols, numbers of up to seven digits",
            "o que resta: tamanhos, tempos, portas, flags, quais endereços têm o mesmo prefixo, palavras de protocolos, números de até "
                + "sete dígitos"));
        if (outcome.SecretsLeftOut > 0) told.WriteLine(_language.Pick(
            "the secrets of TLS in the original are left out: what they decrypted stays sealed, and its exchanges can no longer be told",
            "os segredos de TLS do original ficam de fora: o que eles decifravam permanece selado, e suas trocas não podem mais ser "
                + "vistas"));
        if (outcome.CarefulConnections > 0) told.WriteLine(_language.Pick(
            $"on {outcome.CarefulConnections} connections of binary protocols also single letters and bytes that may be lengths: look at "
                + "them",
            $"em {outcome.CarefulConnections} conexões de protocolos binários, também letras e bytes isolados que podem ser tamanhos: "
                + "confira-as"));
    }
}
