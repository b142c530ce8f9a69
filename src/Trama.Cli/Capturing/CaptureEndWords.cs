using Trama.Captures;
using Trama.Reports;

namespace Trama.Cli.Capturing;

/// <summary>Why a capture file could not be read to its end: in English in libpcap's words, which people search for.</summary>
internal static class CaptureEndWords
{
    /// <summary>The reason.</summary>
    public static string Of(CaptureEnd end, Language language) => language == Language.English ? end.ToString() : end.Fault switch
    {
        CaptureFault.Empty => "o arquivo tem 0 bytes",
        CaptureFault.UnknownFormat => "formato de arquivo desconhecido",
        CaptureFault.FileHeaderCut => $"o cabeçalho do arquivo teria {end.Expected} bytes e só há {end.Found}",
        CaptureFault.UnsupportedVersion => $"a versão {end.Expected}.{end.Found} do formato não é suportada",
        CaptureFault.RecordHeaderCut => $"o cabeçalho do registro teria {end.Expected} bytes e só há {end.Found}",
        CaptureFault.RecordCut => $"o pacote teria {end.Expected} bytes e só há {end.Found}",
        CaptureFault.LongerThanSnapshot => $"um pacote de {end.Found} bytes passa do limite de captura, {end.Expected}",
        CaptureFault.LongerThanMaximum => $"um pacote de {end.Found} bytes passa do máximo, {end.Expected}",
        CaptureFault.BlockCut => $"o bloco pcapng teria mais {end.Expected} bytes e só há {end.Found}",
        CaptureFault.BlockTooShort => $"um bloco pcapng de {end.Found} bytes, menos que os {end.Expected} necessários",
        CaptureFault.BlockTooLong => $"um bloco pcapng de {end.Found} bytes passa do máximo, {end.Expected}",
        CaptureFault.BlockNotAligned => $"o tamanho de um bloco pcapng, {end.Found}, não é múltiplo de 4",
        CaptureFault.BlockLengthsDiffer => $"os tamanhos no começo e no fim de um bloco pcapng diferem: {end.Expected} e {end.Found}",
        CaptureFault.BlockContentsCut => $"um bloco pcapng do tipo {end.Found} é curto demais",
        CaptureFault.BadInterfaceOption => $"a descrição de uma interface tem uma opção inválida, {end.Found}",
        CaptureFault.BadByteOrder => "uma seção tem uma marca de ordem de bytes inválida",
        CaptureFault.NoInterface => "o arquivo não descreve nenhuma interface",
        CaptureFault.PacketBeforeInterface => "há um pacote antes da descrição de qualquer interface",
        CaptureFault.UnknownInterface => $"um pacote é da interface {end.Found}, que o arquivo não descreve",
        CaptureFault.UnsupportedLinkType => $"o tipo de enlace {end.Found} não é suportado",
        CaptureFault.RecordLengthWrong => $"um registro diz ter {end.Found} bytes, e seu conteúdo pede {end.Expected}",
        CaptureFault.ForeignCompression => $"comprimido com {end.Detail}",
        CaptureFault.BadCompression => "os dados comprimidos estão danificados",
        _ => $"erro de leitura: {end.Detail}",
    };
}
