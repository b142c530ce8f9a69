using Trama.Diagnosis;

namespace Trama.Reports.Findings;

/// <summary>What <c>trama again --with cure</c> changes, as the findings' pages define it.</summary>
public static class Remedies
{
    /// <summary>The remedy of a finding.</summary>
    public static Remedy Of(FindingId id) => FindingPages.Of(id).Remedy;

    /// <summary>What a page says of it.</summary>
    internal static string Words(Remedy remedy, Language language) => remedy switch
    {
        Remedy.NoLoss => language.Pick("\"trama again FILE --with cure\" has it happen without losses, disorder and copies.",
            "\"trama again ARQUIVO --with cure\" faz acontecer sem perdas, desordem e cópias."),
        Remedy.NoDelay => language.Pick("\"trama again FILE --with cure\" has it happen with TCP_NODELAY on both sides.",
            "\"trama again ARQUIVO --with cure\" faz acontecer com TCP_NODELAY nos dois lados."),
        Remedy.WideWindow => language.Pick("\"trama again FILE --with cure\" has it happen with windows of 4 MiB and programs that read.",
            "\"trama again ARQUIVO --with cure\" faz acontecer com janelas de 4 MiB e programas que leem."),
        Remedy.ShortWay => language.Pick("\"trama again FILE --with cure\" has it happen over a round trip of 1 ms.",
            "\"trama again ARQUIVO --with cure\" faz acontecer com ida e volta de 1 ms."),
        Remedy.NoLimit => language.Pick("\"trama again FILE --with cure\" has it happen without a limit to the rate.",
            "\"trama again ARQUIVO --with cure\" faz acontecer sem limite de taxa."),
        _ => language.Pick("\"trama again --with cure\" has none: no path, window or pace does, a program or a host must be changed.",
            "\"trama again --with cure\" não tem nenhuma: caminho, janela e ritmo não servem, é preciso mudar um programa ou host."),
    };
}
