using Trama.Cli;

try
{
    return await TramaCommand.RunAsync(args, LanguageChoice.From(args, Environment.GetEnvironmentVariable));
}
catch (UserError error)
{
    Console.Error.WriteLine($"trama: {error.Message}");
    return error.Code;
}
