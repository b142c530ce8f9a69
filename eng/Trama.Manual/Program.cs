using Trama.Manual;

if (args is not [var root, var folder])
{
    Console.Error.WriteLine("usage: Trama.Manual CLONE FOLDER");
    return 2;
}

try
{
    Console.WriteLine($"{folder}: {Site.Write(root, folder)} pages");
    return 0;
}
catch (ManualException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
