using Trama.Reports;

namespace Trama.Cli.CommandLine.Help;

/// <summary>What stands for something else in command lines, in Portuguese: names of values, and of files and hosts in examples.</summary>
internal static class Placeholders
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["FILE"] = "ARQUIVO",
        ["COMMAND"] = "COMANDO",
        ["SECONDS"] = "SEGUNDOS",
        ["SIZE"] = "TAMANHO",
        ["TYPE"] = "TIPO",
        ["TIME"] = "TEMPO",
        ["PERCENT"] = "PORCENTO",
        ["RULE"] = "REGRA",
        ["KEY"] = "CHAVE",
        ["LIST"] = "LISTA",
        ["NAME"] = "NOME",
        ["TEXT"] = "TEXTO",
        ["ADDRESS:PORT"] = "ENDEREÇO:PORTA",
    };

    // The longer before what it contains.
    private static readonly (string English, string Portuguese)[] InExamples =
    [
        ("client.pcap server.pcap", "cliente.pcap servidor.pcap"), ("file.pcap", "captura.pcap"), ("ticket.txt", "chamado.txt"),
        ("talk.pcapng", "conversa.pcapng"), ("page.html", "pagina.html"), ("line.txt", "linha.txt"), ("./program", "./programa"),
        (" server:", " servidor:"), ("< request", "< pedido"), ("> reply", "> resposta"), ("< commands", "< comandos"),
        ("> file", "> arquivo"),
    ];

    /// <summary>The name of an option's value in a language.</summary>
    public static string Value(string english, Language language) =>
        language == Language.Portuguese ? Values.GetValueOrDefault(english, english) : english;

    /// <summary>A command line of an example in a language.</summary>
    public static string Example(string english, Language language)
    {
        if (language == Language.English) return english;
        foreach ((string from, string to) in InExamples) english = english.Replace(from, to, StringComparison.Ordinal);
        return english;
    }
}
