using Trama.Cli.ThisProcess;
using Trama.Fleet.Storing;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.Reporting;

/// <summary>What is said when a store cannot be used.</summary>
internal static class StoreErrors
{
    /// <summary>The error, in words.</summary>
    public static UserError Describe(StoreException error, Language language)
    {
        string path = VisibleText.Of(error.Path);
        return new UserError(error.Fault switch
        {
            StoreFault.Link => language.Pick($"{path} is a link, which may lead into another's folder: name the folder itself",
                $"{path} é um link, que pode levar à pasta de outro: informe a própria pasta"),
            StoreFault.NoStore => language.Pick($"{path} is no store of trama watch (--store FOLDER)",
                $"{path} não é um armazém do trama watch (--store PASTA)"),
            StoreFault.NoHub => language.Pick($"{path} is no store of trama hub", $"{path} não é um armazém do trama hub"),
            StoreFault.InUse => language.Pick($"{path}: another trama watch writes this store",
                $"{path}: outro trama watch escreve neste armazém"),
            StoreFault.Newer => language.Pick($"{path} was written by a newer trama", $"{path} foi escrito por um trama mais novo"),
            StoreFault.Damaged => language.Pick($"{path} is damaged: it does not say which files count",
                $"{path} está danificado: não diz quais arquivos contam"),
            _ => VisibleText.Of(error.Message),
        });
    }
}
